//! A list of everything of a kind.

use leptos::prelude::*;
use types::pages::CardList;

use super::{Meta, Paging, Shelf, cards, json_ld};
use crate::{components::page_heading::PageHeading, content::Content, texts::texts};

/// A page of the list of everything of a kind.
pub fn page(shelf: Shelf, list: CardList, paging: Paging, origin: &str) -> Content {
    let texts = shelf.texts();
    let title = paging.title(texts.title);
    let meta = Meta {
        origin: origin.to_owned(),
        path: paging.path(),
        title: title.clone(),
        description: texts.description.to_owned(),
        kind: "website",
        image: None,
        json_ld: vec![json_ld::breadcrumbs(&way(shelf, origin))],
    };
    Content::new(title, move || show(shelf, &list, paging)).with_head(meta.into_head())
}

/// The way from the first page to a list.
pub(super) fn way(shelf: Shelf, origin: &str) -> Vec<(&'static str, String)> {
    vec![
        (texts().site.name, format!("{origin}/")),
        (shelf.texts().title, [origin, shelf.path()].concat()),
    ]
}

fn show(shelf: Shelf, list: &CardList, paging: Paging) -> AnyView {
    let texts = shelf.texts();
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
            {paging.into_view()}
        </div>
    }
    .into_any()
}
