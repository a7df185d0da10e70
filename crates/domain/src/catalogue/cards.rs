//! Public things as lists show them.

use std::collections::{BTreeMap, HashMap, HashSet};

use futures::future::try_join_all;
use types::catalogue::{
    ArtistContent, Availability, Money, Offer, ProductContent, Timecode, VideoContent,
};

use super::{
    CatalogueError,
    kind::{Kind, RetailerKept},
    record::{Record, Stored},
    shops::registrable,
    things::Things,
};

/// The artist that something is by.
#[derive(Clone, Debug, PartialEq)]
pub struct ArtistRef {
    /// What it is called.
    pub name: String,
    /// Its part of the URL.
    pub slug: String,
}

impl ArtistRef {
    pub(super) fn of(artist: &Record<ArtistContent>) -> Self {
        Self {
            name: artist.content.name.clone(),
            slug: artist.slug.as_str().to_owned(),
        }
    }
}

/// A public thing as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Card {
    /// An artist.
    Artist(ArtistCard),
    /// A video.
    Video(VideoCard),
    /// A product.
    Product(ProductCard),
}

/// An artist as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ArtistCard {
    /// Its name and part of the URL.
    pub artist: ArtistRef,
    /// What it says of itself.
    pub bio: String,
    /// Milliseconds since 1970.
    pub updated_at: i64,
}

/// A video as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct VideoCard {
    /// Whose it is.
    pub artist: ArtistRef,
    /// Its part of the URL, below the artist's.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// What it says of itself.
    pub description: String,
    /// How long it is.
    pub duration: Option<Timecode>,
    /// How many places in it show a product; some of those may not be public.
    pub placements: usize,
    /// The ids of products in it with the times at which they come; some may not be public.
    pub moments: Vec<(String, Timecode)>,
    /// Milliseconds since 1970.
    pub updated_at: i64,
}

/// A product as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductCard {
    /// Its name for programs.
    pub id: String,
    /// Whose it is.
    pub artist: ArtistRef,
    /// Its part of the URL, below the artist's.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// Who makes it; may be empty.
    pub brand: String,
    /// What it says of itself.
    pub description: String,
    /// The lowest and the highest price of each currency, of offers that can be followed.
    pub prices: Vec<PriceRange>,
    /// How many shops can be followed to.
    pub shops: usize,
    /// Milliseconds since 1970.
    pub updated_at: i64,
}

/// The lowest and the highest price in one currency.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceRange {
    /// The lowest.
    pub low: Money,
    /// The highest.
    pub high: Money,
    /// Of how many offers.
    pub offers: usize,
}

/// The approved retailers that offers lead to, by their domain.
#[derive(Debug, Default)]
pub(super) struct Shops(HashMap<String, Stored<RetailerKept>>);

impl Shops {
    /// The approved retailer that an offer leads to.
    pub(super) fn of(&self, offer: &Offer) -> Option<&Stored<RetailerKept>> {
        self.0.get(registrable(offer.url.host())?)
    }
}

impl Things {
    /// The approved retailers that the offers of these products lead to.
    pub(super) async fn shops(
        &self,
        products: impl Iterator<Item = &Record<ProductContent>>,
    ) -> Result<Shops, CatalogueError> {
        let offers = products.flat_map(|product| &product.content.offers);
        let domains = offers.filter_map(|offer| registrable(offer.url.host()));
        let domains: HashSet<_> = domains.collect();
        let shops = domains.into_iter().map(async |domain| {
            let approved = self.approved_retailer(domain).await?;
            Ok::<_, CatalogueError>(approved.map(|shop| (domain.to_owned(), shop)))
        });
        let shops = try_join_all(shops).await?;
        Ok(Shops(shops.into_iter().flatten().collect()))
    }

    /// Those of these things that everybody may see, with their artists, in the same order.
    pub(super) async fn public<C: Kind>(
        &self,
        things: Vec<Option<Stored<C>>>,
    ) -> Result<Vec<(Stored<C>, Record<ArtistContent>)>, CatalogueError> {
        let things = things.into_iter().flatten();
        let things: Vec<_> = things.filter(|one| one.record.is_shown()).collect();
        let mut ids: Vec<_> = things
            .iter()
            .map(|one| one.record.parent.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let artists = self.repositories.artists.get_many(&ids).await?;
        let shown = artists
            .into_iter()
            .flatten()
            .filter(|one| one.record.is_shown());
        let artists: HashMap<_, _> = shown.map(|one| (one.id, one.record)).collect();
        let with_artist = things.into_iter().filter_map(|one| {
            let artist = artists.get(&one.record.parent)?.clone();
            Some((one, artist))
        });
        Ok(with_artist.collect())
    }
}

impl ArtistCard {
    pub(super) fn of(artist: &Record<ArtistContent>) -> Self {
        Self {
            artist: ArtistRef::of(artist),
            bio: artist.content.bio.clone(),
            updated_at: artist.updated_at,
        }
    }
}

impl VideoCard {
    pub(super) fn of(video: &Record<VideoContent>, artist: &Record<ArtistContent>) -> Self {
        Self {
            artist: ArtistRef::of(artist),
            slug: video.slug.as_str().to_owned(),
            title: video.content.title.clone(),
            description: video.content.description.clone(),
            duration: video.content.duration,
            placements: video.content.placements.len(),
            moments: moments(&video.content),
            updated_at: video.updated_at,
        }
    }
}

fn moments(video: &VideoContent) -> Vec<(String, Timecode)> {
    let timed = video.placements.iter();
    timed
        .filter_map(|one| Some((one.product_id.clone(), one.start?)))
        .collect()
}

impl ProductCard {
    pub(super) fn of(
        product: &Stored<ProductContent>,
        artist: &Record<ArtistContent>,
        shops: &Shops,
    ) -> Self {
        let record = &product.record;
        let offers = record.content.offers.iter();
        let offers: Vec<_> = offers
            .filter_map(|offer| Some((offer, shops.of(offer)?)))
            .collect();
        let sold = offers.iter().filter(|(offer, _)| is_sold(offer));
        let ids: HashSet<_> = sold.map(|(_, shop)| &shop.id).collect();
        Self {
            id: product.id.clone(),
            artist: ArtistRef::of(artist),
            slug: record.slug.as_str().to_owned(),
            name: record.content.name.clone(),
            brand: record.content.brand.clone(),
            description: record.content.description.clone(),
            prices: price_ranges(offers.iter().map(|(offer, _)| *offer)),
            shops: ids.len(),
            updated_at: record.updated_at,
        }
    }
}

fn is_sold(offer: &Offer) -> bool {
    offer.availability != Availability::Discontinued
}

/// The prices of offers that can still be had, by currency: two currencies are never compared.
pub(super) fn price_ranges<'a>(offers: impl Iterator<Item = &'a Offer>) -> Vec<PriceRange> {
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
