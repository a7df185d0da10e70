//! The public page of an artist.

use serde::{Deserialize, Serialize};

use super::{artist_ref::ArtistRef, card_list::CardList, foreign_link::ForeignLink};

/// The public page of an artist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtistPage {
    /// The artist.
    pub artist: ArtistRef,
    /// The biography, on several lines; may be empty.
    pub bio: String,
    /// The artist's links to other hosts.
    pub links: Vec<ForeignLink>,
    /// The public videos, newest first.
    pub videos: CardList,
    /// The public products, newest first.
    pub products: CardList,
}
