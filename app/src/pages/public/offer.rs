//! The way to a shop.

use domain::catalogue::OfferShown;
use leptos::prelude::*;

use super::address;
use crate::{isolated::isolated, texts::texts};

/// What every link to a shop says of itself: it may be paid for, it is no recommendation of ours to
/// a search engine, and the shop's page gets no hold of ours.
const REL: &str = "sponsored nofollow noopener";

/// What people are told of earnings before the first link to a shop.
pub(super) fn disclosure(own: &str, artist: &str) -> AnyView {
    let text = match own {
        "" => isolated(texts().public.offers.disclosure, artist),
        own => own.to_owned().into_any(),
    };
    view! { <p class="disclosure" dir="auto">{text}</p> }.into_any()
}

/// One offer, as a link with its price.
pub(super) fn button(offer: &OfferShown) -> AnyView {
    let price = offer.price.map(|price| price.text());
    view! {
        <a class="button offer-button" rel=REL href=address::offer(offer)>
            <bdi>{offer.retailer.clone()}</bdi>
            {price.map(|price| view! { " " <strong>{price}</strong> })}
        </a>
    }
    .into_any()
}

/// All offers of a product, the best one first.
pub(super) fn list(offers: &[OfferShown]) -> AnyView {
    if offers.is_empty() {
        return view! { <p>{texts().public.offers.none}</p> }.into_any();
    }
    let rows: Vec<_> = offers.iter().map(row).collect();
    view! { <ul class="offers" role="list">{rows}</ul> }.into_any()
}

fn row(offer: &OfferShown) -> AnyView {
    let texts = &texts().public.offers;
    let availability = (texts.availability)(offer.availability);
    let price = offer.price.map(|price| price.text());
    let price = price.unwrap_or_else(|| texts.no_price.to_owned());
    let way = match offer.is_followable {
        true => {
            let label = isolated(texts.visit, &offer.retailer);
            view! { <a class="button offer-button" rel=REL href=address::offer(offer)>{label}</a> }
                .into_any()
        }
        false => view! { <span class="offer-unchecked">{texts.unchecked}</span> }.into_any(),
    };
    view! {
        <li class="offer">
            <span class="offer-shop" dir="auto">{offer.retailer.clone()}</span>
            <span class="offer-availability" data-availability=offer.availability.name()>
                {availability}
            </span>
            <span class="offer-price">{price}</span>
            {way}
        </li>
    }
    .into_any()
}
