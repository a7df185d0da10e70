//! The page on which an entity is created or edited.

use serde::{Deserialize, Serialize};

use super::{EntityInput, ProductChoices};
use crate::{
    catalogue::{EntityForm, EntityKind, FormExtras, ReviewStatus, Timecode},
    pages::{ForeignLink, ForeignPicture, ForeignVideo, Visibility},
};

/// The page on which an entity is created or edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditPage {
    /// The form, with what is stored or what was typed.
    pub form: EntityForm<EntityInput>,
    /// The stored entity; `None` for a new one, and for one that could not be read.
    pub entity: Option<EntityHead>,
    /// The artists that a new entity can belong to; `None` if they are not known.
    pub artists: Option<Vec<ArtistOption>>,
    /// The products that the form can name.
    pub products: ProductChoices,
    /// What the page shows besides the form.
    pub details: EntityDetails,
}

/// What the head of the page shows of a stored entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityHead {
    /// The id.
    pub id: String,
    /// The revision, from which its buttons start.
    pub revision: u64,
    /// The name or the title.
    pub name: String,
    /// The artist that it belongs to.
    pub artist: Option<ArtistOption>,
    /// Whether it is public; `None` for a retailer, whose author does not decide that.
    pub visibility: Option<Visibility>,
    /// The path of its public page; `None` if it has none.
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

/// What the page of an entity shows besides the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityDetails {
    /// Nothing.
    None,
    /// The links of an artist.
    Artist(Vec<ForeignLink>),
    /// What a product shows.
    Product(ProductDetails),
    /// A video, if it has a link, and its placements.
    Video(Option<ForeignVideo>, Vec<PlacedProduct>),
    /// What is decided about a retailer.
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

/// A product in a video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedProduct {
    /// The id of the product.
    pub product_id: String,
    /// The name, by which the form chooses it.
    pub name: String,
    /// When it is first seen.
    pub start: Option<Timecode>,
    /// When it is last seen.
    pub end: Option<Timecode>,
    /// What the artist says of it.
    pub note: String,
}

/// What is decided about a retailer, and which products use it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetailerReview {
    /// The decision.
    pub status: ReviewStatus,
    /// Number of products that use it.
    pub uses: u64,
    /// Some of the products that use it.
    pub products: Vec<RetailerUse>,
    /// Whether the reader of the page decides about retailers.
    pub is_moderator: bool,
}

/// A product that has an offer of a retailer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetailerUse {
    /// The id, if the product belongs to the reader of the page.
    pub id: Option<String>,
    /// The name.
    pub name: String,
    /// Its links to the retailer.
    pub links: Vec<String>,
}

impl EditPage {
    /// The page of an entity of which only the form is known.
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

    /// The form, as if it had been shown at this revision.
    #[must_use]
    pub fn at_revision(mut self, revision: u64) -> Self {
        self.extras.revision = revision.to_string();
        self
    }
}

impl RetailerReview {
    /// Whether the reader of the page may change the retailer.
    pub fn is_changeable(&self) -> bool {
        self.is_moderator || self.status == ReviewStatus::Proposed
    }
}
