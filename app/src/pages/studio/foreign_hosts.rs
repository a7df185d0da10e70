//! Notes for the author about URLs on hosts that are not approved or not listed.

use leptos::prelude::*;
use types::pages::{ForeignLink, ForeignPicture, ForeignVideo};

use crate::texts::studio_texts;

/// Names the hosts whose pictures are not shown.
pub(super) fn pictures(pictures: &[ForeignPicture]) -> Option<AnyView> {
    let hidden = pictures.iter().filter(|one| one.url.is_none());
    let hosts = named(hidden.map(|one| one.host.as_str()))?;
    Some(note((studio_texts().foreign_hosts.pictures)(&hosts)))
}

/// Names the hosts whose links lead to the leave page first.
pub(super) fn links(links: &[ForeignLink]) -> Option<AnyView> {
    let unapproved = links
        .iter()
        .filter(|one| one.target.approved_url().is_none());
    let hosts = named(unapproved.map(|one| one.host.as_str()))?;
    Some(note((studio_texts().foreign_hosts.links)(&hosts)))
}

/// Notes that the player is not shown, and that the link leads to the leave page first.
pub(super) fn video(video: &ForeignVideo) -> Vec<AnyView> {
    let texts = &studio_texts().foreign_hosts;
    let has_no_player = video.lacks_approved_player();
    let is_unapproved = video.watch().approved_url().is_none();
    let player = has_no_player.then(|| note((texts.player)(&video.host)));
    let link = is_unapproved.then(|| note((texts.links)(&video.host)));
    player.into_iter().chain(link).collect()
}

fn note(text: String) -> AnyView {
    view! { <p class="foreign-hosts-note">{text}</p> }.into_any()
}

/// Host names, sorted and without duplicates; `None` if there are none.
fn named<'a>(hosts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut hosts: Vec<_> = hosts.collect();
    hosts.sort_unstable();
    hosts.dedup();
    (!hosts.is_empty()).then(|| hosts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_is_named_once() {
        assert_eq!(named([].into_iter()), None);
        let hosts = ["b.example", "a.example", "b.example"];
        let named = named(hosts.into_iter());
        assert_eq!(named.as_deref(), Some("a.example, b.example"));
    }
}
