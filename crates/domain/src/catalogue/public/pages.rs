//! Pages of the catalogue as everybody sees them.

use types::catalogue::{
    ArtistContent, Availability, Money, ProductContent, Tier, Timecode, VideoContent,
};

use super::super::{
    cards::{ArtistRef, Card, ProductCard, VideoCard},
    foreign_hosts::{ForeignLink, ForeignPicture, ForeignVideo},
};
use crate::search::{EntityKind, Piece};

/// Something at its address, or the address that it has moved to.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved<T> {
    /// It is here.
    Here(T),
    /// It has moved to this artist's slug and this slug of its own, for ever.
    Moved {
        /// The artist's slug.
        artist: String,
        /// Its own slug; empty when the artist is what was asked for.
        slug: String,
    },
}

/// A page of a public list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// What is on it.
    pub cards: Vec<Card>,
    /// How many there are on all pages.
    pub total: u64,
}

/// An artist's page.
#[derive(Clone, Debug, PartialEq)]
pub struct ArtistPage {
    /// Its name and part of the URL.
    pub artist: ArtistRef,
    /// What the artist says, without the links.
    pub content: ArtistContent,
    /// The artist's links.
    pub links: Vec<ForeignLink>,
    /// The newest videos.
    pub videos: Listed,
    /// The newest products.
    pub products: Listed,
}

/// A video's page.
#[derive(Clone, Debug, PartialEq)]
pub struct VideoPage {
    /// Whose it is.
    pub artist: ArtistRef,
    /// What the artist says next to links; may be empty.
    pub disclosure: String,
    /// Its part of the URL.
    pub slug: String,
    /// What the artist says, without the link.
    pub content: VideoContent,
    /// The video behind the link.
    pub video: Option<ForeignVideo>,
    /// The products in it that are public, in order.
    pub placements: Vec<PlacementShown>,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// Milliseconds since 1970.
    pub updated_at: i64,
}

/// A product in a video.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacementShown {
    /// When it comes.
    pub start: Option<Timecode>,
    /// When it goes.
    pub end: Option<Timecode>,
    /// What the artist says about it.
    pub note: String,
    /// The product.
    pub product: ProductCard,
    /// The first of its offers that can be followed.
    pub offer: Option<OfferShown>,
}

/// A product's page.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductPage {
    /// Whose it is.
    pub artist: ArtistRef,
    /// What the artist says next to links; may be empty.
    pub disclosure: String,
    /// The product as lists show it.
    pub card: ProductCard,
    /// What the artist says, without the pictures and offers.
    pub content: ProductContent,
    /// The pictures.
    pub pictures: Vec<ForeignPicture>,
    /// Its offers, the best one first.
    pub offers: Vec<OfferShown>,
    /// Products that are like it.
    pub alternatives: Vec<(Tier, ProductCard)>,
    /// Videos that it is in, the newest ones.
    pub videos: Vec<VideoCard>,
}

/// An offer as everybody sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferShown {
    /// What the way to the shop is called.
    pub id: String,
    /// What the shop is called: its name, or the link's host while nobody has looked at it.
    pub retailer: String,
    /// What it costs.
    pub price: Option<Money>,
    /// Whether it can be had.
    pub availability: Availability,
    /// Whether it can be followed.
    pub is_followable: bool,
}

/// What a search has found, by kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchPage {
    /// Kinds of which something was found, the best first.
    pub groups: Vec<Group>,
}

/// What a search has found of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Which kind.
    pub kind: EntityKind,
    /// How many there are on all pages.
    pub total: u64,
    /// The best of them.
    pub hits: Vec<Hit>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The thing.
    pub card: Card,
    /// What it is called, with what was searched for marked in it.
    pub name: Vec<Piece>,
    /// The part of its description that has what was searched for.
    pub snippet: Vec<Piece>,
}
