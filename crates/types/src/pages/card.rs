//! Public entities as lists show them.

use serde::{Deserialize, Serialize};

use super::{artist_ref::ArtistRef, product_card::ProductCard};
use crate::catalogue::Timecode;

/// A public entity as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Card {
    /// An artist.
    Artist(ArtistCard),
    /// A video.
    Video(VideoCard),
    /// A product.
    Product(ProductCard),
}

impl Card {
    /// What the entity is called.
    pub fn name(&self) -> &str {
        match self {
            Self::Artist(card) => &card.artist.name,
            Self::Video(card) => &card.title,
            Self::Product(card) => &card.name,
        }
    }
}

/// An artist as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtistCard {
    /// The artist.
    pub artist: ArtistRef,
    /// The start of the biography, as [`excerpt`](super::excerpt()) cuts it; may be empty.
    pub bio: String,
}

/// A video as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VideoCard {
    /// The artist.
    pub artist: ArtistRef,
    /// The video's segment of the path, below the artist's.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The length, in milliseconds.
    pub duration: Option<Timecode>,
}
