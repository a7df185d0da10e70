//! The page of a product.

use leptos::prelude::*;
use types::{
    catalogue::Tier,
    pages::{Card, ForeignPicture, ProductAlternative, ProductPage, PublicKind, PublicOffer},
};

use super::{Meta, address, card, cards, json_ld, list, offer, price};
use crate::{components::page_heading::PageHeading, content::Content, texts::texts};

/// The page of a product.
pub fn page(page: ProductPage, origin: &str) -> Content {
    let texts = &texts().public.product;
    let product = &page.product;
    let path = address::product(&product.artist.slug, &product.slug);
    let url = [origin, path.as_str()].concat();
    let title = (texts.title)(&product.name, &product.brand);
    let mut way = list::way(PublicKind::Product, origin);
    way.push((&product.name, url.clone()));
    let mut json_ld: Vec<_> = json_ld::product(&page, &url).into_iter().collect();
    json_ld.push(json_ld::breadcrumbs(&way));
    let meta = Meta {
        origin: origin.to_owned(),
        path,
        title: title.clone(),
        description: match page.description.as_str() {
            "" => (texts.description)(&product.artist.name),
            description => description.to_owned(),
        },
        kind: "product",
        image: page.pictures.iter().find_map(|one| one.url.clone()),
        json_ld,
    };
    Content::new(title, move || show(&page)).with_head(meta.into_head())
}

fn show(page: &ProductPage) -> AnyView {
    let texts = &texts().public.product;
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
    view! {
        <article class="product-page">
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
        let label = texts().public.product.no_picture;
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

/// A picture, or what is to be seen in it where the operator has not listed its host.
fn picture(picture: &ForeignPicture) -> AnyView {
    let Some(url) = picture.url.clone() else {
        let note = (texts().public.product.picture_not_shown)(&picture.host);
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
            <h2>{texts().public.offers.heading}</h2>
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
    let texts = &texts().public.product;
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
    let texts = &texts().public.product;
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
            <h2>{texts().public.product.videos}</h2>
            {card::grid(videos)}
        </section>
    };
    Some(view.into_any())
}
