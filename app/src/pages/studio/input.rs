//! What is typed of an entity, of whatever kind it is.

use types::catalogue::{ArtistInput, ProductInput, RetailerInput, Status, VideoInput};

use super::Shelf;

/// What is typed of an entity, of whatever kind it is.
#[derive(Clone, Debug)]
pub enum EntityInput {
    /// An artist.
    Artist(ArtistInput),
    /// A video.
    Video(VideoInput),
    /// A product.
    Product(ProductInput),
    /// A retailer.
    Retailer(RetailerInput),
}

impl EntityInput {
    pub(super) fn shelf(&self) -> Shelf {
        match self {
            Self::Artist(_) => Shelf::Artists,
            Self::Video(_) => Shelf::Videos,
            Self::Product(_) => Shelf::Products,
            Self::Retailer(_) => Shelf::Retailers,
        }
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Artist(artist) => &artist.name,
            Self::Video(video) => &video.title,
            Self::Product(product) => &product.name,
            Self::Retailer(retailer) => &retailer.name,
        }
    }

    pub(super) fn slug(&self) -> &str {
        match self {
            Self::Artist(artist) => &artist.slug,
            Self::Video(video) => &video.slug,
            Self::Product(product) => &product.slug,
            Self::Retailer(retailer) => &retailer.slug,
        }
    }

    /// Whether everybody is to see it; no author decides that of a retailer.
    pub(super) fn status(&self) -> Option<Status> {
        match self {
            Self::Artist(artist) => Some(artist.status),
            Self::Video(video) => Some(video.status),
            Self::Product(product) => Some(product.status),
            Self::Retailer(_) => None,
        }
    }
}

impl From<ArtistInput> for EntityInput {
    fn from(artist: ArtistInput) -> Self {
        Self::Artist(artist)
    }
}

impl From<VideoInput> for EntityInput {
    fn from(video: VideoInput) -> Self {
        Self::Video(video)
    }
}

impl From<ProductInput> for EntityInput {
    fn from(product: ProductInput) -> Self {
        Self::Product(product)
    }
}

impl From<RetailerInput> for EntityInput {
    fn from(retailer: RetailerInput) -> Self {
        Self::Retailer(retailer)
    }
}
