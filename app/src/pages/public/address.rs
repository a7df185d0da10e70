//! Paths of public pages, and hrefs of links to other hosts.

use types::pages::{ArtistRef, Card, LinkTarget, PublicKind};

use crate::query::with_query;

/// The path of the list of a kind.
pub fn list(kind: PublicKind) -> &'static str {
    match kind {
        PublicKind::Video => "/videos",
        PublicKind::Product => "/products",
        PublicKind::Artist => "/artists",
    }
}

/// The path of an artist's page, by slug.
pub fn artist(artist: &str) -> String {
    format!("/artists/{artist}")
}

/// The path of a video's page, by the artist's slug and its own.
pub fn video(artist: &str, slug: &str) -> String {
    format!("/videos/{artist}/{slug}")
}

/// The path of a product's page, by the artist's slug and its own.
pub fn product(artist: &str, slug: &str) -> String {
    format!("/products/{artist}/{slug}")
}

/// The path of the entity on a card.
pub fn card(card: &Card) -> String {
    match card {
        Card::Artist(card) => artist(&card.artist.slug),
        Card::Video(card) => video(&card.artist.slug, &card.slug),
        Card::Product(card) => product(&card.artist.slug, &card.slug),
    }
}

/// The path of a link to a retailer, by the offer's id. The retailer's URL is never an href, so that
/// only the server decides where the link redirects.
pub(super) fn offer(id: &str) -> String {
    ["/go/", id].concat()
}

/// The href of a link to another host: the stored URL if the host is approved, otherwise the leave
/// page.
pub(crate) fn link(target: LinkTarget) -> String {
    match target {
        LinkTarget::Direct(url) => url,
        LinkTarget::LeavePage { entity, digest } => format!("/leave/{entity}/{digest}"),
    }
}

pub(super) fn of_artist(one: &ArtistRef) -> String {
    artist(&one.slug)
}

/// The path of a search.
pub(super) fn search(words: &str, kind: Option<PublicKind>) -> String {
    with_page("/search", search_query(words, kind), 1)
}

pub(super) fn search_query(words: &str, kind: Option<PublicKind>) -> Vec<(&'static str, String)> {
    let words = (!words.is_empty()).then(|| ("q", words.to_owned()));
    let kind = kind.map(|kind| ("kind", kind.name().to_owned()));
    words.into_iter().chain(kind).collect()
}

/// The path of one page of a list; the first page has no number.
pub(super) fn with_page(path: &str, mut query: Vec<(&'static str, String)>, page: u32) -> String {
    if page > 1 {
        query.push(("page", page.to_string()));
    }
    with_query(path, query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_its_host_only_when_that_is_approved() {
        let url = "https://a.example/".to_owned();
        assert_eq!(link(LinkTarget::Direct(url.clone())), url);
        let leave = LinkTarget::LeavePage {
            entity: "art_1".to_owned(),
            digest: "0a".to_owned(),
        };
        assert_eq!(link(leave), "/leave/art_1/0a");
    }

    #[test]
    fn the_url_of_a_search_is_its_state() {
        assert_eq!(search("", None), "/search");
        let video = Some(PublicKind::Video);
        assert_eq!(
            search("a b&c=\"ü", video),
            "/search?q=a+b%26c%3D%22%C3%BC&kind=video"
        );
        assert_eq!(
            with_page("/search", search_query("a", video), 3),
            "/search?q=a&kind=video&page=3"
        );
    }
}
