//! The public page of an artist.

use leptos::prelude::*;
use types::pages::{ArtistPage, CardList, ForeignLink, Paged, PublicKind};

use super::{
    PageMeta, address, card::initial, cards, json_ld, list::list_texts, paging::PageLinks,
};
use crate::{
    api::public as api,
    components::page_heading::PageHeading,
    page_head::PageHead,
    pages::page_model::{page_from, parameter, query},
    texts::public_texts,
};

/// `rel` of an artist's own links: they identify the artist (`me`) and are not endorsed by this
/// site.
const REL: &str = "nofollow noopener me";

/// The public page of an artist. It has as many pages as the longer of its two lists.
pub(super) fn page() -> AnyView {
    let (artist, query) = (parameter("artist"), query());
    page_from(
        move || (artist.get(), query.get()),
        |(artist, query)| api::artist(artist, query),
        |page| show(&page),
    )
}

fn show(page: &Paged<ArtistPage>) -> AnyView {
    let page_links = PageLinks::new(page.paging, &address::of_artist(&page.content.artist));
    let page = &page.content;
    let name = page.artist.name.clone();
    let texts = &public_texts().artist;
    let is_first = page_links.is_first();
    let bio = (is_first && !page.bio.is_empty()).then(|| page.bio.clone());
    let links = is_first.then(|| links(&page.links));
    let is_empty = page.videos.total == 0 && page.products.total == 0;
    let meta = PageMeta {
        path: page_links.path(),
        title: name.clone(),
        description: match page.bio.as_str() {
            "" => (texts.description)(&name),
            bio => bio.to_owned(),
        },
        kind: "profile",
        image: None,
    };
    view! {
        <PageHead title=page_links.title(&name) head=meta.into_head()/>
        <div class="artist-page">
            {json_ld::artist(page)}
            <header class="artist-head">
                <span class="artist-initial" aria-hidden="true" dir="auto">{initial(&page.artist.name)}</span>
                <div class="artist-words">
                    <p class="eyebrow">{texts.eyebrow}</p>
                    <PageHeading text=page.artist.name.clone()/>
                </div>
            </header>
            {bio.map(|bio| view! { <p class="prose" dir="auto">{bio}</p> })}
            {links}
            {part(PublicKind::Video, texts.videos, &page.videos)}
            {part(PublicKind::Product, texts.products, &page.products)}
            {is_empty.then(|| view! { <p class="list-empty">{texts.empty}</p> })}
            {page_links.into_view()}
        </div>
    }
    .into_any()
}

/// Links of the artist. The host is shown beside the label, because a label can claim anything.
fn links(links: &[ForeignLink]) -> Option<AnyView> {
    if links.is_empty() {
        return None;
    }
    let links: Vec<_> = links
        .iter()
        .map(|link| {
            let rel = if link.is_direct() { REL } else { "nofollow" };
            let href = address::link(link.target.clone());
            view! {
                <li>
                    <a class="artist-link" rel=rel href=href>
                        <bdi>{link.label.clone()}</bdi>
                        <span class="artist-link-host" dir="auto">{link.host.clone()}</span>
                    </a>
                </li>
            }
        })
        .collect();
    let label = public_texts().artist.links;
    Some(view! { <ul class="artist-links" role="list" aria-label=label>{links}</ul> }.into_any())
}

/// The videos or products of the artist on this page; nothing if there are none.
fn part(kind: PublicKind, heading: &'static str, list: &CardList) -> Option<AnyView> {
    if list.cards.is_empty() {
        return None;
    }
    let view = view! {
        <section class="list-part">
            <h2>{heading}</h2>
            <p class="list-count">{(list_texts(kind).count)(list.total)}</p>
            {cards(&list.cards)}
        </section>
    };
    Some(view.into_any())
}
