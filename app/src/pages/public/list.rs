//! A list of everything of a kind.

use leptos::prelude::*;
use types::pages::{CardList, Paged, PublicKind};

use super::{Meta, address, cards, json_ld, paging::PageLinks};
use crate::{
    components::page_heading::PageHeading,
    content::Content,
    texts::{public::List, texts},
};

/// A page of the list of everything of a kind.
pub fn page(kind: PublicKind, list: Paged<CardList>, origin: &str) -> Content {
    let texts = list_texts(kind);
    let links = PageLinks::new(list.paging, address::list(kind));
    let title = links.title(texts.title);
    let meta = Meta {
        origin: origin.to_owned(),
        path: links.path(),
        title: title.clone(),
        description: texts.description.to_owned(),
        kind: "website",
        image: None,
        json_ld: vec![json_ld::breadcrumbs(&way(kind, origin))],
    };
    Content::new(title, move || show(kind, &list.content, links)).with_head(meta.into_head())
}

/// What the list of everything of a kind says.
pub(crate) fn list_texts(kind: PublicKind) -> &'static List {
    let texts = &texts().public;
    match kind {
        PublicKind::Video => &texts.videos,
        PublicKind::Product => &texts.products,
        PublicKind::Artist => &texts.artists,
    }
}

/// The way from the first page to a list.
pub(super) fn way(kind: PublicKind, origin: &str) -> Vec<(&'static str, String)> {
    vec![
        (texts().site.name, format!("{origin}/")),
        (
            list_texts(kind).title,
            [origin, address::list(kind)].concat(),
        ),
    ]
}

fn show(kind: PublicKind, list: &CardList, links: PageLinks) -> AnyView {
    let texts = list_texts(kind);
    let shown = match list.total {
        0 => view! { <p class="list-empty">{texts.empty}</p> }.into_any(),
        total => view! {
            <p class="list-count">{(texts.count)(total)}</p>
            {cards(&list.cards)}
        }
        .into_any(),
    };
    view! {
        <div class="list-page">
            <header class="list-head">
                <PageHeading text=texts.title/>
                <p class="list-lead">{texts.lead}</p>
            </header>
            <h2 class="visually-hidden">{texts.title}</h2>
            {shown}
            {links.into_view()}
        </div>
    }
    .into_any()
}
