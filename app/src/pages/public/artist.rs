//! The page of an artist.

use leptos::prelude::*;
use types::pages::{ArtistPage, CardList, ForeignLink};

use super::{Meta, Paging, Shelf, address, card::initial, cards, json_ld, list};
use crate::{components::page_heading::PageHeading, content::Content, texts::texts};

/// What is not the artist's own on a link of the artist's: the page behind it is their business.
const REL: &str = "nofollow noopener me";

/// The page of an artist; `paging` goes through whichever of the lists is the longer one.
pub fn page(page: ArtistPage, paging: Paging, origin: &str) -> Content {
    let texts = &texts().public.artist;
    let name = page.artist.name.clone();
    let path = address::of_artist(&page.artist);
    let url = [origin, path.as_str()].concat();
    let mut way = list::way(Shelf::Artists, origin);
    way.push((&name, url.clone()));
    let meta = Meta {
        origin: origin.to_owned(),
        path: paging.path(),
        title: name.clone(),
        description: match page.bio.as_str() {
            "" => (texts.description)(&name),
            bio => bio.to_owned(),
        },
        kind: "profile",
        image: None,
        json_ld: vec![json_ld::artist(&page, &url), json_ld::breadcrumbs(&way)],
    };
    let title = paging.title(&name);
    Content::new(title, move || show(&page, paging)).with_head(meta.into_head())
}

fn show(page: &ArtistPage, paging: Paging) -> AnyView {
    let texts = &texts().public.artist;
    let is_first = paging.page == 1;
    let bio = (is_first && !page.bio.is_empty()).then(|| page.bio.clone());
    let links = is_first.then(|| links(&page.links));
    let is_empty = page.videos.total == 0 && page.products.total == 0;
    view! {
        <div class="artist-page">
            <header class="artist-head">
                <span class="artist-initial" aria-hidden="true" dir="auto">{initial(&page.artist.name)}</span>
                <div class="artist-words">
                    <p class="eyebrow">{texts.eyebrow}</p>
                    <PageHeading text=page.artist.name.clone()/>
                </div>
            </header>
            {bio.map(|bio| view! { <p class="prose" dir="auto">{bio}</p> })}
            {links}
            {part(Shelf::Videos, texts.videos, &page.videos)}
            {part(Shelf::Products, texts.products, &page.products)}
            {is_empty.then(|| view! { <p class="list-empty">{texts.empty}</p> })}
            {paging.into_view()}
        </div>
    }
    .into_any()
}

/// The host stands beside the label, which may say anything.
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
    let label = texts().public.artist.links;
    Some(view! { <ul class="artist-links" role="list" aria-label=label>{links}</ul> }.into_any())
}

/// What an artist has of a kind, unless there is nothing on this page.
fn part(shelf: Shelf, heading: &'static str, list: &CardList) -> Option<AnyView> {
    if list.cards.is_empty() {
        return None;
    }
    let view = view! {
        <section class="list-part">
            <h2>{heading}</h2>
            <p class="list-count">{(shelf.texts().count)(list.total)}</p>
            {cards(&list.cards)}
        </section>
    };
    Some(view.into_any())
}
