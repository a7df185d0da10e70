//! The public page of a product.

use leptos::prelude::*;
use types::{
    catalogue::Tier,
    pages::{Card, ForeignPicture, ProductAlternative, ProductPage, PublicOffer},
};

use super::{PageMeta, address, card, cards, json_ld, offer, price};
use crate::{
    api::public as api, components::page_heading::PageHeading, page_head::PageHead,
    pages::page_model::artist_page_from, texts::public_texts,
};

/// The public page of a product.
pub(super) fn page() -> AnyView {
    artist_page_from(api::product, |page| show(&page))
}

fn meta(page: &ProductPage, title: String) -> PageMeta {
    let product = &page.product;
    PageMeta {
        path: address::product(&product.artist.slug, &product.slug),
        title,
        description: match page.description.as_str() {
            "" => (public_texts().product.description)(&product.artist.name),
            description => description.to_owned(),
        },
        kind: "product",
        image: page.pictures.iter().find_map(|one| one.url.clone()),
    }
}

fn show(page: &ProductPage) -> AnyView {
    let texts = &public_texts().product;
    let product = &page.product;
    let brand = (!product.brand.is_empty()).then(|| product.brand.clone());
    let about = (!page.description.is_empty()).then(|| {
        let description = page.description.clone();
        view! {
            <section class="product-about">
                <h2>{texts.about}</h2>
                <p class="prose" dir="auto">{description}</p>
            </section>
        }
    });
    let title = (texts.title)(&product.name, &product.brand);
    let head = meta(page, title.clone()).into_head();
    view! {
        <PageHead title head/>
        <article class="product-page">
            {json_ld::product(page)}
            {pictures(&page.pictures)}
            <div class="product-main">
                <header class="product-head">
                    {brand.map(|brand| view! { <p class="eyebrow"><bdi>{brand}</bdi></p> })}
                    <PageHeading text=product.name.clone()/>
                    <p class="byline">
                        <span>
                            {texts.shown_by} " "
                            <a href=address::of_artist(&product.artist)>
                                <bdi>{product.artist.name.clone()}</bdi>
                            </a>
                        </span>
                    </p>
                </header>
                {offers(page)}
            </div>
            <div class="product-rest">
                {about}
                {details(page)}
            </div>
            {alternatives(&page.alternatives)}
            {videos(page)}
        </article>
    }
    .into_any()
}

fn pictures(pictures: &[ForeignPicture]) -> AnyView {
    if pictures.is_empty() {
        let label = public_texts().product.no_picture;
        return view! {
            <div class="product-pictures">
                <div class="product-picture-none" role="img" aria-label=label></div>
            </div>
        }
        .into_any();
    }
    let pictures: Vec<_> = pictures.iter().map(picture).collect();
    view! { <ul class="product-pictures" role="list">{pictures}</ul> }.into_any()
}

/// A picture, or its alternative text if the operator has not listed its host.
fn picture(picture: &ForeignPicture) -> AnyView {
    let Some(url) = picture.url.clone() else {
        let note = (public_texts().product.picture_not_shown)(&picture.host);
        let alt = (!picture.alt.is_empty()).then(|| picture.alt.clone());
        return view! {
            <li class="product-picture-withheld">
                {alt.map(|alt| view! { <p dir="auto">{alt}</p> })}
                <p class="product-picture-note">{note}</p>
            </li>
        }
        .into_any();
    };
    view! {
        <li>
            <img
                class="product-picture"
                src=url
                alt=picture.alt.clone()
                width="640"
                height="640"
                loading="lazy"
                referrerpolicy="no-referrer"
            />
        </li>
    }
    .into_any()
}

fn offers(page: &ProductPage) -> AnyView {
    let is_sold = page.offers.iter().any(PublicOffer::is_followable);
    let disclosure =
        is_sold.then(|| offer::disclosure(&page.disclosure, &page.product.artist.name));
    let ranges = price::ranges(&page.product);
    view! {
        <section class="panel product-offers">
            <h2>{public_texts().offers.heading}</h2>
            <div class="product-price">
                {price::line(&page.product)}
                {ranges.map(|ranges| view! { <p class="product-range">{ranges}</p> })}
            </div>
            {disclosure}
            {offer::list(&page.offers)}
        </section>
    }
    .into_any()
}

fn details(page: &ProductPage) -> Option<AnyView> {
    let texts = &public_texts().product;
    let brand = &page.product.brand;
    let mut rows: Vec<(String, String)> = Vec::new();
    if !brand.is_empty() {
        rows.push((texts.brand.to_owned(), brand.clone()));
    }
    let attributes = page.attributes.iter();
    rows.extend(attributes.map(|one| (one.name.clone(), one.value.clone())));
    if let Some(gtin) = &page.gtin {
        rows.push((texts.gtin.to_owned(), gtin.as_str().to_owned()));
    }
    if rows.is_empty() {
        return None;
    }
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(name, value)| {
            view! {
                <div class="detail">
                    <dt dir="auto">{name}</dt>
                    <dd dir="auto">{value}</dd>
                </div>
            }
        })
        .collect();
    let view = view! {
        <section class="product-details">
            <h2>{texts.details}</h2>
            <dl class="details">{rows}</dl>
        </section>
    };
    Some(view.into_any())
}

fn alternatives(alternatives: &[ProductAlternative]) -> Option<AnyView> {
    if alternatives.is_empty() {
        return None;
    }
    let texts = &public_texts().product;
    let group = |tier: Tier, heading: &'static str| {
        let of_tier = alternatives.iter().filter(|one| one.tier == tier);
        let cards: Vec<_> = of_tier
            .map(|one| Card::Product(one.product.clone()))
            .collect();
        (!cards.is_empty()).then(|| {
            view! {
                <div class="list-part">
                    <h3 class="product-tier">{heading}</h3>
                    {self::cards(&cards)}
                </div>
            }
        })
    };
    let view = view! {
        <section class="product-more">
            <h2>{texts.alternatives}</h2>
            {group(Tier::Cheaper, texts.cheaper)}
            {group(Tier::Dearer, texts.dearer)}
        </section>
    };
    Some(view.into_any())
}

fn videos(page: &ProductPage) -> Option<AnyView> {
    if page.appearances.is_empty() {
        return None;
    }
    let videos: Vec<_> = page.appearances.iter().map(card::appearance).collect();
    let view = view! {
        <section class="product-more">
            <h2>{public_texts().product.videos}</h2>
            {card::grid(videos)}
        </section>
    };
    Some(view.into_any())
}
