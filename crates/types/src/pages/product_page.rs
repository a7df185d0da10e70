//! The public page of a product.

use serde::{Deserialize, Serialize};

use super::{
    card::VideoCard, foreign_picture::ForeignPicture, product_card::ProductCard,
    public_offer::PublicOffer,
};
use crate::catalogue::{Attribute, Gtin, Tier, Timecode};

/// The public page of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductPage {
    /// The product, as lists show it.
    pub product: ProductCard,
    /// What it is, on several lines; may be empty.
    pub description: String,
    /// What the artist tells viewers of earnings; empty for the house's own sentence.
    pub disclosure: String,
    /// Its number in trade.
    pub gtin: Option<Gtin>,
    /// What else is to be known of it.
    pub attributes: Vec<Attribute>,
    /// The pictures; the first stands for it.
    pub pictures: Vec<ForeignPicture>,
    /// The offers, the best one first; those at retailers that are not approved come last.
    pub offers: Vec<PublicOffer>,
    /// Public products that do the same.
    pub alternatives: Vec<ProductAlternative>,
    /// The newest public videos that show it.
    pub appearances: Vec<ProductAppearance>,
}

/// A public product that does the same as another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductAlternative {
    /// How it compares.
    pub tier: Tier,
    /// The product.
    pub product: ProductCard,
}

/// A public video that shows a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductAppearance {
    /// The video.
    pub video: VideoCard,
    /// When the product is first seen in each of its placements that has a time, in milliseconds.
    pub starts: Vec<Timecode>,
}
