//! The public page of a video.

use serde::{Deserialize, Serialize};

use super::{
    artist_ref::ArtistRef, foreign_video::ForeignVideo, product_card::ProductCard,
    public_offer::PublicOffer,
};
use crate::catalogue::{Chapter, Day, Timecode};

/// The public page of a video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VideoPage {
    /// The artist.
    pub artist: ArtistRef,
    /// The slug in the path, below the artist's.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The description, on several lines; may be empty.
    pub description: String,
    /// The artist's disclosure of earnings; empty for the default sentence.
    pub disclosure: String,
    /// The duration in milliseconds.
    pub duration: Option<Timecode>,
    /// The date of publication at the provider.
    pub published_on: Option<Day>,
    /// The chapters, each later than the one before.
    pub chapters: Vec<Chapter>,
    /// The video at its provider, if there is a link.
    pub video: Option<ForeignVideo>,
    /// The placements of public products, in the artist's order.
    pub placements: Vec<PublicPlacement>,
}

/// A placement of a public product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicPlacement {
    /// When the product is first visible, in milliseconds.
    pub start: Option<Timecode>,
    /// When the product is last visible, in milliseconds.
    pub end: Option<Timecode>,
    /// A note of the artist; may be empty.
    pub note: String,
    /// The product.
    pub product: ProductCard,
    /// The best offer of an approved retailer.
    pub offer: Option<PublicOffer>,
}
