//! The page in the place of a redirect to a shop about which no moderator has decided.

use leptos::prelude::*;
use types::pages::UnapprovedRetailerPage;

use super::{address, destination};
use crate::{
    api::public as api,
    bidi_isolation::with_isolated,
    components::page_heading::PageHeading,
    page_head::{HeadTags, Indexing, PageHead},
    pages::page_model::{page_from, parameter},
    response,
    texts::public_texts,
};

/// Explains why there is no redirect to the retailer, and links back to the product.
pub(super) fn page() -> AnyView {
    let offer = parameter("offer");
    page_from(
        move || offer.get(),
        |offer| destination::as_page(api::go(offer)),
        |destination| destination::view(destination, show),
    )
}

fn show(page: &UnapprovedRetailerPage) -> AnyView {
    response::not_found();
    let texts = &public_texts().unapproved_retailer;
    let head = HeadTags {
        is_indexed: Indexing::No,
        ..HeadTags::default()
    };
    view! {
        <PageHead title=texts.title head/>
        <div class="message-page">
            <span class="message-page-art" inner_html=include_str!("../../art/not_found.svg")></span>
            <PageHeading text=texts.heading/>
            <p>{with_isolated(texts.lead, &page.domain)}</p>
            <p>{texts.why}</p>
            <p>
                <a class="button" href=address::product(&page.artist.slug, &page.slug)>
                    {with_isolated(texts.back, &page.name)}
                </a>
            </p>
        </div>
    }
    .into_any()
}
