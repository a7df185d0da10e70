//! The page in the place of a way to a shop that is not approved.

use domain::catalogue::ArtistRef;
use leptos::prelude::*;
use types::catalogue::ReviewStatus;

use super::address;
use crate::{
    components::page_heading::PageHeading,
    content::{Content, Head},
    isolated::isolated,
    texts::{public::Reason, texts},
};

/// What the way to a shop belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Whose product it is.
    pub artist: ArtistRef,
    /// The product's slug.
    pub product: String,
    /// What the product is called.
    pub name: String,
    /// The domain that the link leads to.
    pub domain: String,
    /// Why it leads nowhere.
    pub review_status: ReviewStatus,
}

/// Says why nobody is led to the shop, and leads back.
pub fn page(way: Way) -> Content {
    let head = Head {
        robots: Some("noindex"),
        ..Head::default()
    };
    Content::new(reason(way.review_status).title, move || show(&way)).with_head(head)
}

fn show(way: &Way) -> AnyView {
    let (texts, reason) = (&texts().public.nowhere, reason(way.review_status));
    view! {
        <div class="lost-page">
            <span class="lost-page-art" inner_html=include_str!("../../art/lost.svg")></span>
            <PageHeading text=reason.heading/>
            <p>{isolated(reason.lead, &way.domain)}</p>
            <p>{texts.why}</p>
            <p>
                <a class="button" href=address::product(&way.artist.slug, &way.product)>
                    {isolated(texts.back, &way.name)}
                </a>
            </p>
        </div>
    }
    .into_any()
}

fn reason(review_status: ReviewStatus) -> &'static Reason {
    let texts = &texts().public.nowhere;
    match review_status {
        ReviewStatus::Blocked => &texts.blocked,
        ReviewStatus::Proposed | ReviewStatus::Approved => &texts.unchecked,
    }
}
