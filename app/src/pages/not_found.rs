//! The 404 page.

use leptos::prelude::*;

use crate::{components::page_heading::PageHeading, page_head::PageHead, response, texts::texts};

/// The 404 page.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    response::not_found();
    let texts = &texts().not_found;
    view! {
        <PageHead title=texts.title/>
        <div class="message-page">
            <span class="message-page-art" inner_html=include_str!("../art/not_found.svg")></span>
            <PageHeading text=texts.heading/>
            <p>{texts.lead}</p>
            <p>
                <a class="button" href="/">{texts.back}</a>
            </p>
        </div>
    }
}
