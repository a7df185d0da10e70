//! The page in the place of a way to a shop that nobody has looked at.

use domain::catalogue::ArtistRef;
use leptos::prelude::*;

use super::address;
use crate::{
    components::page_heading::PageHeading,
    content::{Content, Head},
    texts::texts,
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
}

/// Says that nobody has looked at the shop, and leads back.
pub fn page(way: Way) -> Content {
    let head = Head {
        robots: Some("noindex"),
        ..Head::default()
    };
    Content::new(texts().public.unchecked.title, move || show(&way)).with_head(head)
}

fn show(way: &Way) -> AnyView {
    let texts = &texts().public.unchecked;
    view! {
        <div class="lost-page">
            <span class="lost-page-art" inner_html=include_str!("../../art/lost.svg")></span>
            <PageHeading text=texts.heading/>
            <p>{(texts.lead)(&way.domain)}</p>
            <p>{texts.why}</p>
            <p>
                <a class="button" href=address::product(&way.artist.slug, &way.product)>
                    <bdi>{(texts.back)(&way.name)}</bdi>
                </a>
            </p>
        </div>
    }
    .into_any()
}
