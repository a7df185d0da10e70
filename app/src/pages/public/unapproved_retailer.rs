//! The page in the place of a redirect to a shop that is not approved.

use leptos::prelude::*;
use types::pages::UnapprovedRetailerPage;

use super::address;
use crate::{
    components::page_heading::PageHeading,
    content::{Content, Head},
    isolated::isolated,
    texts::{public::Reason, public_texts},
};

/// Says why there is no redirect to the shop, and links back to the product.
pub fn page(page: UnapprovedRetailerPage) -> Content {
    let head = Head {
        robots: Some("noindex"),
    };
    Content::new(reason(&page).title, move || show(&page)).with_head(head)
}

fn show(page: &UnapprovedRetailerPage) -> AnyView {
    let (texts, reason) = (&public_texts().unapproved_retailer, reason(page));
    view! {
        <div class="lost-page">
            <span class="lost-page-art" inner_html=include_str!("../../art/lost.svg")></span>
            <PageHeading text=reason.heading/>
            <p>{isolated(reason.lead, &page.domain)}</p>
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

fn reason(page: &UnapprovedRetailerPage) -> &'static Reason {
    let texts = &public_texts().unapproved_retailer;
    match page.is_blocked {
        true => &texts.blocked,
        false => &texts.unchecked,
    }
}
