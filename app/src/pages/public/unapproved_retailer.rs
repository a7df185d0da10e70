//! The page in the place of a redirect to a shop about which no moderator has decided.

use leptos::prelude::*;
use types::pages::UnapprovedRetailerPage;

use super::{address, destination};
use crate::{
    answer,
    api::public as api,
    components::page_heading::PageHeading,
    isolated::isolated,
    page_head::{Head, Indexed, PageHead},
    pages::read::{parameter, read},
    texts::public_texts,
};

/// Explains why there is no redirect to the retailer, and links back to the product.
pub(super) fn page() -> AnyView {
    let offer = parameter("offer");
    read(
        move || offer.get(),
        |offer| destination::found(api::go(offer)),
        |destination| destination::show(destination, show),
    )
}

fn show(page: &UnapprovedRetailerPage) -> AnyView {
    answer::not_found();
    let texts = &public_texts().unapproved_retailer;
    let head = Head {
        is_indexed: Indexed::No,
        ..Head::default()
    };
    view! {
        <PageHead title=texts.title head/>
        <div class="message-page">
            <span class="message-page-art" inner_html=include_str!("../../art/not_found.svg")></span>
            <PageHeading text=texts.heading/>
            <p>{isolated(texts.lead, &page.domain)}</p>
            <p>{texts.why}</p>
            <p>
                <a class="button" href=address::product(&page.artist.slug, &page.slug)>
                    {isolated(texts.back, &page.name)}
                </a>
            </p>
        </div>
    }
    .into_any()
}
