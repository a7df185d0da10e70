//! The offers on the public page of a product, best first.

use std::cmp::Reverse;

use types::{
    catalogue::{Availability, Offer, ProductContent},
    pages::PublicOffer,
};

use super::offer_listing::{OfferListing, OfferRetailers};

/// The listed offers of a product: what can be had first, then by currency, then the cheaper first.
/// Those without a link come last.
pub(super) fn offers(product: &ProductContent, retailers: &OfferRetailers) -> Vec<PublicOffer> {
    let mut offers: Vec<_> = product
        .offers
        .iter()
        .filter_map(|offer| public_offer(offer, retailers.listing(offer)))
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

fn public_offer(offer: &Offer, listing: OfferListing<'_>) -> Option<PublicOffer> {
    let (id, retailer) = match listing {
        OfferListing::Linked(retailer) => {
            let name = &retailer.record.content.retailer.name;
            (Some(offer.id.clone()), name.clone())
        }
        OfferListing::Text => (None, offer.url.host().to_owned()),
        OfferListing::Unlisted => return None,
    };
    Some(PublicOffer {
        id,
        retailer,
        price: offer.price,
        availability: offer.availability,
    })
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
