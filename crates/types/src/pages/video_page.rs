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
    /// The video's segment of the path, below the artist's.
    pub slug: String,
    /// The title.
    pub title: String,
    /// What it is about, on several lines; may be empty.
    pub description: String,
    /// What the artist tells viewers of earnings; empty for the house's own sentence.
    pub disclosure: String,
    /// The length, in milliseconds.
    pub duration: Option<Timecode>,
    /// The day on which it was published at its provider.
    pub published_on: Option<Day>,
    /// The chapters, each later than the one before.
    pub chapters: Vec<Chapter>,
    /// The video at its provider, if the artist has given a link.
    pub video: Option<ForeignVideo>,
    /// The placements of public products, in the artist's order.
    pub placements: Vec<PublicPlacement>,
}

/// A public product in a video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicPlacement {
    /// When it is first seen, in milliseconds.
    pub start: Option<Timecode>,
    /// When it is last seen, in milliseconds.
    pub end: Option<Timecode>,
    /// What the artist says of it; may be empty.
    pub note: String,
    /// The product.
    pub product: ProductCard,
    /// The best of the product's offers at approved retailers.
    pub offer: Option<PublicOffer>,
}
