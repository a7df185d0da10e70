//! The offers of a product as everybody sees them, the best one first.

use std::cmp::Reverse;

use types::{
    catalogue::{Availability, Offer, ProductContent},
    pages::PublicOffer,
};

use super::super::cards::Shops;

/// The offers of a product: what can be had first, then by currency, then the cheaper first. Those
/// at retailers that are not approved come last.
pub(super) fn offers(product: &ProductContent, shops: &Shops) -> Vec<PublicOffer> {
    let mut offers: Vec<_> = product
        .offers
        .iter()
        .map(|offer| public_offer(offer, shops))
        .collect();
    offers.sort_by_cached_key(|offer| {
        let price = offer.price.as_ref();
        (
            Reverse(offer.is_followable()),
            rank(offer.availability),
            price.is_none(),
            price.map(|price| price.currency.code().to_owned()),
            price.map(|price| price.minor),
        )
    });
    offers
}

fn public_offer(offer: &Offer, shops: &Shops) -> PublicOffer {
    let shop = shops.of(offer);
    let name = shop.map(|shop| shop.record.content.retailer.name.clone());
    PublicOffer {
        id: shop.map(|_| offer.id.clone()),
        retailer: name.unwrap_or_else(|| offer.url.host().to_owned()),
        price: offer.price,
        availability: offer.availability,
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
