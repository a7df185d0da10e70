//! The public list of a kind.

use leptos::prelude::*;
use types::pages::{CardList, Paged, PublicKind};

use super::{PageMeta, address, cards, json_ld, paging::PageLinks};
use crate::{
    api::public as api,
    components::page_heading::PageHeading,
    page_head::PageHead,
    pages::page_model::{page_from, query},
    texts::{public::ListTexts, public_texts},
};

/// One page of the public list of a kind.
pub(super) fn page(kind: PublicKind) -> AnyView {
    let query = query();
    page_from(
        move || query.get(),
        move |query| api::list(kind, query),
        move |list| show(kind, &list),
    )
}

/// The texts of the list of a kind.
pub(crate) fn list_texts(kind: PublicKind) -> &'static ListTexts {
    let texts = public_texts();
    match kind {
        PublicKind::Video => &texts.videos,
        PublicKind::Product => &texts.products,
        PublicKind::Artist => &texts.artists,
    }
}

fn show(kind: PublicKind, list: &Paged<CardList>) -> AnyView {
    let (paging, list) = (list.paging, &list.content);
    let texts = list_texts(kind);
    let shown = match list.total {
        0 => view! { <p class="list-empty">{texts.empty}</p> }.into_any(),
        total => view! {
            <p class="list-count">{(texts.count)(total)}</p>
            {cards(&list.cards)}
        }
        .into_any(),
    };
    let links = PageLinks::new(paging, address::list(kind));
    let title = links.title(texts.title);
    let meta = PageMeta {
        path: links.path(),
        title: title.clone(),
        description: texts.description.to_owned(),
        kind: "website",
        image: None,
    };
    view! {
        <PageHead title head=meta.into_head()/>
        <div class="list-page">
            {json_ld::list(kind)}
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
