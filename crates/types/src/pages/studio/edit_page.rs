//! The page that creates or edits an entity.

use serde::{Deserialize, Serialize};

use super::{EntityInput, ProductChoices};
use crate::{
    catalogue::{EntityForm, EntityKind, FormExtras, ReviewStatus, Timecode},
    pages::{ForeignLink, ForeignPicture, ForeignVideo, Visibility},
};

/// The page that creates or edits an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditPage {
    /// The form with stored or typed values.
    pub form: EntityForm<EntityInput>,
    /// The stored entity; `None` for a new one, or if it could not be read.
    pub entity: Option<EntityHead>,
    /// The artists that a new entity can belong to; `None` if they could not be read.
    pub artists: Option<Vec<ArtistOption>>,
    /// The products that the form can choose from.
    pub products: ProductChoices,
    /// The parts of the page besides the form.
    pub details: EntityDetails,
}

/// The head of the page of a stored entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityHead {
    /// The id.
    pub id: String,
    /// The revision that its buttons start from.
    pub revision: u64,
    /// The name or the title.
    pub name: String,
    /// The artist that the entity belongs to.
    pub artist: Option<ArtistOption>,
    /// The visibility; `None` for a retailer, which moderators review instead.
    pub visibility: Option<Visibility>,
    /// The path of the public page; `None` if there is none.
    pub public_path: Option<String>,
}

/// An artist of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtistOption {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// The parts of the page of an entity besides the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityDetails {
    /// Nothing.
    None,
    /// The links of an artist.
    Artist(Vec<ForeignLink>),
    /// What a product shows.
    Product(ProductDetails),
    /// The video at its provider, if there is a link, and the placements.
    Video(Option<ForeignVideo>, Vec<PlacedProduct>),
    /// The review of a retailer.
    Retailer(RetailerReview),
}

/// What the page of a product shows besides the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductDetails {
    /// The pictures.
    pub pictures: Vec<ForeignPicture>,
    /// The ids of the offers that nobody else sees, because their retailers are deleted or blocked.
    pub unlisted_offers: Vec<String>,
}

/// A placement with the name of its product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedProduct {
    /// The id of the product.
    pub product_id: String,
    /// The label of the product in the form.
    pub name: String,
    /// When the product is first visible.
    pub start: Option<Timecode>,
    /// When the product is last visible.
    pub end: Option<Timecode>,
    /// A note of the artist.
    pub note: String,
}

/// The review of a retailer, and the products that use it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetailerReview {
    /// The decision.
    pub status: ReviewStatus,
    /// Number of products that use the retailer.
    pub uses: u64,
    /// Some of the products that use the retailer.
    pub products: Vec<RetailerUse>,
    /// Whether the current user is a moderator.
    pub is_moderator: bool,
}

/// A product with an offer of a retailer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetailerUse {
    /// The id, if the product belongs to the current user.
    pub id: Option<String>,
    /// The name.
    pub name: String,
    /// The URLs of its offers.
    pub links: Vec<String>,
}

impl EditPage {
    /// The page of an entity that could not be read, with the typed form.
    pub fn unread(form: EntityForm<EntityInput>) -> Self {
        Self {
            form,
            entity: None,
            artists: None,
            products: ProductChoices::default().and_others(),
            details: EntityDetails::None,
        }
    }

    /// The kind of the entity.
    pub fn kind(&self) -> EntityKind {
        self.form.input.kind()
    }
}

impl EntityForm<EntityInput> {
    /// The form of a new entity.
    pub fn new(kind: EntityKind, artist_id: &str) -> Self {
        let extras = FormExtras {
            artist_id: artist_id.to_owned(),
            ..FormExtras::default()
        };
        let input = EntityInput::new(kind);
        Self { input, extras }
    }

    /// The form of a stored entity.
    pub fn stored(input: EntityInput, revision: u64) -> Self {
        let extras = FormExtras::default();
        Self { input, extras }.at_revision(revision)
    }

    /// The form as if it had been shown with this revision.
    #[must_use]
    pub fn at_revision(mut self, revision: u64) -> Self {
        self.extras.revision = revision.to_string();
        self
    }
}

impl RetailerReview {
    /// Whether the current user may change the retailer.
    pub fn is_changeable(&self) -> bool {
        self.is_moderator || self.status == ReviewStatus::Proposed
    }
}
