//! The page between a link and a host that nobody here has approved.

use leptos::prelude::*;
use types::{
    catalogue::EntityKind,
    pages::{LeavingPage, LinkingEntity},
};

use super::address;
use crate::{
    components::page_heading::PageHeading,
    content::{Content, Head},
    pages::studio::paths,
    texts::public_texts,
};

/// Search engines do not take the link for a recommendation of ours, and the page behind it gets
/// neither an `opener` nor a `Referer`.
const REL: &str = "nofollow ugc noopener noreferrer external";

/// Names the host, and leads on only when somebody follows the link.
pub fn page(page: LeavingPage) -> Content {
    let head = Head {
        robots: Some("noindex"),
    };
    let title = (public_texts().leaving.title)(&page.host);
    Content::new(title, move || show(&page)).with_head(head)
}

fn show(page: &LeavingPage) -> AnyView {
    let texts = &public_texts().leaving;
    let unicode = page.unicode_host.clone().map(|host| {
        view! {
            <p>
                {texts.unicode} " "
                <bdi class="leaving-page-unicode">{host}</bdi>
                ". " {texts.alike}
            </p>
        }
    });
    let (back, name) = way_back(&page.entity);
    view! {
        <div class="leaving-page">
            <PageHeading text=texts.heading/>
            <p>{texts.lead}</p>
            <p class="leaving-page-host" dir="ltr">{page.host.clone()}</p>
            {unicode}
            <p>{texts.unchecked}</p>
            <div class="leaving-page-ways">
                <a class="button" href=back>
                    {texts.back} " " <bdi>{name.to_owned()}</bdi>
                </a>
                <a class="button button-quiet" rel=REL href=page.url.clone()>
                    {(texts.onward)(&page.host)}
                </a>
            </div>
            <p class="leaving-page-url">
                {texts.whole} " " <code dir="ltr">{page.url.clone()}</code>
            </p>
        </div>
    }
    .into_any()
}

/// The path of what has the link, and what it is called.
fn way_back(entity: &LinkingEntity) -> (String, &str) {
    match entity {
        LinkingEntity::Artist(artist) => (address::of_artist(artist), &artist.name),
        LinkingEntity::Video {
            artist,
            slug,
            title,
        } => (address::video(&artist.slug, slug), title),
        LinkingEntity::ArtistDraft { id, name } => (paths::edit(EntityKind::Artist, id), name),
        LinkingEntity::VideoDraft { id, title } => (paths::edit(EntityKind::Video, id), title),
    }
}
