//! Products in lists.

use serde::{Deserialize, Serialize};

use super::artist_ref::ArtistRef;
use crate::catalogue::Money;

/// A product in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCard {
    /// The artist of the product.
    pub artist: ArtistRef,
    /// The slug in the path, below the artist's.
    pub slug: String,
    /// The name.
    pub name: String,
    /// The manufacturer; may be empty.
    pub brand: String,
    /// One range for each currency, sorted by code, over the offers of approved retailers that are not
    /// discontinued.
    pub prices: Vec<PriceRange>,
    /// Number of approved retailers with an offer.
    pub retailers: u32,
}

/// The lowest and the highest price in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceRange {
    /// The lowest.
    pub low: Money,
    /// The highest, in the same currency.
    pub high: Money,
    /// Number of offers with a price in this currency.
    pub offers: u32,
}
