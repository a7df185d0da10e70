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
    /// The product as in lists.
    pub product: ProductCard,
    /// The description, on several lines; may be empty.
    pub description: String,
    /// The artist's disclosure of earnings; empty for the default sentence.
    pub disclosure: String,
    /// The GTIN.
    pub gtin: Option<Gtin>,
    /// Further properties.
    pub attributes: Vec<Attribute>,
    /// The pictures; the first is the main one.
    pub pictures: Vec<ForeignPicture>,
    /// The offers, best first; those of retailers that are not approved come last.
    pub offers: Vec<PublicOffer>,
    /// Public alternatives.
    pub alternatives: Vec<ProductAlternative>,
    /// The newest public videos with a placement of the product.
    pub appearances: Vec<ProductAppearance>,
}

/// A public alternative of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductAlternative {
    /// How the alternative compares.
    pub tier: Tier,
    /// The alternative product.
    pub product: ProductCard,
}

/// A public video with a placement of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductAppearance {
    /// The video.
    pub video: VideoCard,
    /// The start of each placement that has one, in milliseconds.
    pub starts: Vec<Timecode>,
}
