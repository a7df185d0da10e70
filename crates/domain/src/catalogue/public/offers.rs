//! The offers of a product as everybody sees them, the best one first.

use std::cmp::Reverse;

use types::catalogue::{Availability, Offer, ProductContent};

use super::{super::cards::Shops, OfferShown};

/// The offers of a product: what can be had first, then by currency, then the cheaper first. What
/// nobody has looked at comes last.
pub(super) fn offers(product: &ProductContent, shops: &Shops) -> Vec<OfferShown> {
    let mut offers: Vec<_> = product
        .offers
        .iter()
        .map(|offer| offer_shown(offer, shops))
        .collect();
    offers.sort_by_cached_key(|shown| {
        let price = shown.price.as_ref();
        (
            Reverse(shown.is_followable),
            rank(shown.availability),
            price.is_none(),
            price.map(|price| price.currency.code().to_owned()),
            price.map(|price| price.minor),
        )
    });
    offers
}

fn offer_shown(offer: &Offer, shops: &Shops) -> OfferShown {
    let shop = shops.of(offer);
    let name = shop.map(|shop| shop.record.content.retailer.name.clone());
    OfferShown {
        id: offer.id.clone(),
        retailer: name.unwrap_or_else(|| offer.url.host().to_owned()),
        price: offer.price,
        availability: offer.availability,
        is_followable: shop.is_some(),
    }
}

fn rank(availability: Availability) -> u8 {
    match availability {
        Availability::InStock => 0,
        Availability::PreOrder => 1,
        Availability::Unknown => 2,
        Availability::OutOfStock => 3,
        Availability::Discontinued => 4,
    }
}
