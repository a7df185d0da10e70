//! Offers of a product.

use leptos::prelude::*;
use types::pages::PublicOffer;

use super::address;
use crate::{bidi_isolation::with_isolated, texts::public_texts};

/// `rel` of every link to a retailer: it may be paid for (`sponsored`), it is not endorsed, and the
/// other page gets no `opener`.
const REL: &str = "sponsored nofollow noopener";

/// The disclosure of earnings, before the first link to a retailer: the artist's own text or the
/// default sentence.
pub(super) fn disclosure(own: &str, artist: &str) -> AnyView {
    let text = match own {
        "" => with_isolated(public_texts().offers.disclosure, artist),
        own => own.to_owned().into_any(),
    };
    view! { <p class="disclosure" dir="auto">{text}</p> }.into_any()
}

/// The link of an offer with its price; `None` while its retailer is not approved.
pub(super) fn button(offer: &PublicOffer) -> Option<AnyView> {
    let href = offer.id.as_deref().map(address::offer)?;
    let price = offer.price.map(|price| price.text());
    let button = view! {
        <a class="button offer-button" rel=REL href=href>
            <bdi>{offer.retailer.clone()}</bdi>
            {price.map(|price| view! { " " <strong>{price}</strong> })}
        </a>
    };
    Some(button.into_any())
}

/// All offers of a product, best first.
pub(super) fn list(offers: &[PublicOffer]) -> AnyView {
    if offers.is_empty() {
        return view! { <p>{public_texts().offers.none}</p> }.into_any();
    }
    let rows: Vec<_> = offers.iter().map(row).collect();
    view! { <ul class="offers" role="list">{rows}</ul> }.into_any()
}

fn row(offer: &PublicOffer) -> AnyView {
    let texts = &public_texts().offers;
    let availability = (texts.availability)(offer.availability);
    let price = offer.price.map(|price| price.text());
    let price = price.unwrap_or_else(|| texts.no_price.to_owned());
    let link = match offer.id.as_deref().map(address::offer) {
        Some(href) => {
            let label = with_isolated(texts.context, &offer.retailer);
            view! { <a class="button offer-button" rel=REL href=href>{label}</a> }.into_any()
        }
        None => view! { <span class="offer-unapproved">{texts.unchecked}</span> }.into_any(),
    };
    view! {
        <li class="offer">
            <span class="offer-retailer" dir="auto">{offer.retailer.clone()}</span>
            <span class="offer-availability" data-availability=offer.availability.name()>
                {availability}
            </span>
            <span class="offer-price">{price}</span>
            {link}
        </li>
    }
    .into_any()
}
