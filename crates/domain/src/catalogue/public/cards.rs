//! The cards that lists show for public entities.

use std::collections::{BTreeMap, HashMap, HashSet};

use types::{
    catalogue::{ArtistContent, Availability, Offer, ProductContent, VideoContent},
    pages::{ArtistCard, ArtistRef, PriceRange, ProductCard, VideoCard, excerpt},
};

use super::offer_listing::OfferRetailers;
use crate::catalogue::{
    CatalogueError,
    entities::record::{EntityRecord, StoredEntity},
    service::{context::CatalogueContext, kind::Kind},
};

impl CatalogueContext {
    /// The public ones of these entities, each with its artist, in the same order.
    pub(crate) async fn public_cards<C: Kind>(
        &self,
        entities: Vec<Option<StoredEntity<C>>>,
    ) -> Result<Vec<(StoredEntity<C>, EntityRecord<ArtistContent>)>, CatalogueError> {
        let entities = entities.into_iter().flatten();
        let entities: Vec<_> = entities
            .filter(|one| one.record.is_published_itself())
            .collect();
        let mut ids: Vec<_> = entities
            .iter()
            .map(|one| one.record.parent.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let artists = self.repositories.artists.get_many(&ids).await?;
        let shown = artists
            .into_iter()
            .flatten()
            .filter(|one| one.record.is_published_itself());
        let artists: HashMap<_, _> = shown.map(|one| (one.id, one.record)).collect();
        let with_artist = entities.into_iter().filter_map(|one| {
            let artist = artists.get(&one.record.parent)?.clone();
            Some((one, artist))
        });
        Ok(with_artist.collect())
    }
}

impl From<&EntityRecord<ArtistContent>> for ArtistRef {
    fn from(artist: &EntityRecord<ArtistContent>) -> Self {
        Self {
            name: artist.content.name.clone(),
            slug: artist.slug.as_str().to_owned(),
        }
    }
}

impl From<&EntityRecord<ArtistContent>> for ArtistCard {
    fn from(artist: &EntityRecord<ArtistContent>) -> Self {
        Self {
            artist: artist.into(),
            bio: excerpt(&artist.content.bio),
        }
    }
}

pub(crate) fn video_card(
    video: &EntityRecord<VideoContent>,
    artist: &EntityRecord<ArtistContent>,
) -> VideoCard {
    VideoCard {
        artist: artist.into(),
        slug: video.slug.as_str().to_owned(),
        title: video.content.title.clone(),
        duration: video.content.duration,
    }
}

pub(crate) fn product_card(
    product: &EntityRecord<ProductContent>,
    artist: &EntityRecord<ArtistContent>,
    retailers: &OfferRetailers,
) -> ProductCard {
    let offers = product.content.offers.iter();
    let offers: Vec<_> = offers
        .filter_map(|offer| Some((offer, retailers.linked(offer)?)))
        .collect();
    let sold = offers.iter().filter(|(offer, _)| is_sold(offer));
    let sellers: HashSet<_> = sold.map(|(_, retailer)| &retailer.id).collect();
    ProductCard {
        artist: artist.into(),
        slug: product.slug.as_str().to_owned(),
        name: product.content.name.clone(),
        brand: product.content.brand.clone(),
        prices: price_ranges(offers.iter().map(|(offer, _)| *offer)),
        retailers: u32::try_from(sellers.len()).unwrap_or(u32::MAX),
    }
}

fn is_sold(offer: &Offer) -> bool {
    offer.availability != Availability::Discontinued
}

/// The price range of each currency, without discontinued offers. Prices in two currencies are
/// never compared.
fn price_ranges<'a>(offers: impl Iterator<Item = &'a Offer>) -> Vec<PriceRange> {
    let mut ranges: BTreeMap<&str, PriceRange> = BTreeMap::new();
    for price in offers
        .filter(|offer| is_sold(offer))
        .filter_map(|offer| offer.price.as_ref())
    {
        ranges
            .entry(price.currency.code())
            .and_modify(|range| {
                range.offers += 1;
                if price.minor < range.low.minor {
                    range.low = *price;
                }
                if price.minor > range.high.minor {
                    range.high = *price;
                }
            })
            .or_insert_with(|| PriceRange {
                low: *price,
                high: *price,
                offers: 1,
            });
    }
    ranges.into_values().collect()
}
