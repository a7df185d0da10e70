//! Cards: public entities in lists.

use serde::{Deserialize, Serialize};

use super::{artist_ref::ArtistRef, product_card::ProductCard};
use crate::catalogue::Timecode;

/// A public entity in a list.
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
    /// The name, or the title of a video.
    pub fn name(&self) -> &str {
        match self {
            Self::Artist(card) => &card.artist.name,
            Self::Video(card) => &card.title,
            Self::Product(card) => &card.name,
        }
    }
}

/// An artist in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtistCard {
    /// The artist.
    pub artist: ArtistRef,
    /// The beginning of the biography, cut by [`excerpt`](super::excerpt()); may be empty.
    pub bio: String,
}

/// A video in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VideoCard {
    /// The artist.
    pub artist: ArtistRef,
    /// The slug in the path, below the artist's.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The duration in milliseconds.
    pub duration: Option<Timecode>,
}
