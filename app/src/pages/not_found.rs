//! The page for an address that has none.

use leptos::prelude::*;

use crate::{components::page_heading::PageHeading, content::Content, texts::texts};

/// The page for an address that has none.
pub fn page() -> Content {
    Content::new(texts().not_found.title, show)
}

fn show() -> AnyView {
    let texts = &texts().not_found;
    view! {
        <div class="lost-page">
            <span class="lost-page-art" inner_html=include_str!("../art/lost.svg")></span>
            <PageHeading text=texts.heading/>
            <p>{texts.lead}</p>
            <p>
                <a class="button" href="/">{texts.back}</a>
            </p>
        </div>
    }
    .into_any()
}
