//! A product as lists show it.

use serde::{Deserialize, Serialize};

use super::artist_ref::ArtistRef;
use crate::catalogue::Money;

/// A product as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCard {
    /// The artist that shows it.
    pub artist: ArtistRef,
    /// The product's segment of the path, below the artist's.
    pub slug: String,
    /// The name.
    pub name: String,
    /// Who makes it; may be empty.
    pub brand: String,
    /// One range for each currency, by the currency's code: the prices of offers at approved
    /// retailers that are not discontinued.
    pub prices: Vec<PriceRange>,
    /// Number of approved retailers that sell it.
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
