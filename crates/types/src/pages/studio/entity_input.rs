//! The input of an entity of any kind.

use serde::{Deserialize, Serialize};

use crate::{
    catalogue::{
        ArtistInput, EntityForm, EntityKind, FormInput, ProductInput, RetailerInput, RowOrder,
        RowPositions, Status, StepInput, VideoInput,
    },
    field::FieldErrors,
    form_body::{FormBody as _, FormBodyError},
};

/// The input of an entity of any kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// The empty input of a kind.
    pub fn new(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Artist => ArtistInput::default().into(),
            EntityKind::Video => VideoInput::default().into(),
            EntityKind::Product => ProductInput::default().into(),
            EntityKind::Retailer => RetailerInput::default().into(),
        }
    }

    /// The kind of the entity.
    pub fn kind(&self) -> EntityKind {
        match self {
            Self::Artist(_) => EntityKind::Artist,
            Self::Video(_) => EntityKind::Video,
            Self::Product(_) => EntityKind::Product,
            Self::Retailer(_) => EntityKind::Retailer,
        }
    }

    /// The name, or the title of a video, as typed.
    pub fn name(&self) -> &str {
        match self {
            Self::Artist(artist) => &artist.name,
            Self::Video(video) => &video.title,
            Self::Product(product) => &product.name,
            Self::Retailer(retailer) => &retailer.name,
        }
    }

    /// The slug, as typed.
    pub fn slug(&self) -> &str {
        match self {
            Self::Artist(artist) => &artist.slug,
            Self::Video(video) => &video.slug,
            Self::Product(product) => &product.slug,
            Self::Retailer(retailer) => &retailer.slug,
        }
    }

    /// The status; `None` for a retailer, which moderators review instead.
    pub fn status(&self) -> Option<Status> {
        match self {
            Self::Artist(artist) => Some(artist.status),
            Self::Video(video) => Some(video.status),
            Self::Product(product) => Some(product.status),
            Self::Retailer(_) => None,
        }
    }

    /// The input with this status; unchanged for a retailer.
    #[must_use]
    pub fn with_status(mut self, to: Status) -> Self {
        match &mut self {
            Self::Artist(artist) => artist.status = to,
            Self::Video(video) => video.status = to,
            Self::Product(product) => product.status = to,
            Self::Retailer(_) => {}
        }
        self
    }

    /// The input in its stored spelling; unchanged if a field is refused.
    #[must_use]
    pub fn normalized(self) -> Self {
        match &self {
            Self::Artist(artist) => artist
                .check()
                .map(|artist| (&artist).into())
                .map(Self::Artist),
            Self::Video(video) => video.check().map(|video| (&video).into()).map(Self::Video),
            Self::Product(product) => product
                .check()
                .map(|product| (&product).into())
                .map(Self::Product),
            Self::Retailer(retailer) => retailer
                .check()
                .map(|retailer| (&retailer).into())
                .map(Self::Retailer),
        }
        .unwrap_or(self)
    }
}

impl EntityForm<EntityInput> {
    /// Parses the form of an entity of this kind.
    ///
    /// # Errors
    /// If the body is no such form, or too large.
    pub fn read(kind: EntityKind, body: &[u8]) -> Result<Self, FormBodyError> {
        Ok(match kind {
            EntityKind::Artist => EntityForm::<ArtistInput>::read_body(body)?.map(Into::into),
            EntityKind::Video => EntityForm::<VideoInput>::read_body(body)?.map(Into::into),
            EntityKind::Product => EntityForm::<ProductInput>::read_body(body)?.map(Into::into),
            EntityKind::Retailer => EntityForm::<RetailerInput>::read_body(body)?.map(Into::into),
        })
    }
}

impl FormInput for EntityInput {
    fn check_fields(&self) -> Result<(), FieldErrors> {
        match self {
            Self::Artist(artist) => artist.check_fields(),
            Self::Video(video) => video.check_fields(),
            Self::Product(product) => product.check_fields(),
            Self::Retailer(retailer) => retailer.check_fields(),
        }
    }

    fn arrange_rows(&mut self, order: &RowOrder, places: &mut RowPositions) {
        match self {
            Self::Artist(artist) => artist.arrange_rows(order, places),
            Self::Video(video) => video.arrange_rows(order, places),
            Self::Product(product) => product.arrange_rows(order, places),
            Self::Retailer(retailer) => retailer.arrange_rows(order, places),
        }
    }

    fn product_ids_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::Artist(artist) => artist.product_ids_mut(),
            Self::Video(video) => video.product_ids_mut(),
            Self::Product(product) => product.product_ids_mut(),
            Self::Retailer(retailer) => retailer.product_ids_mut(),
        }
    }

    fn product_ids(&self) -> Vec<&str> {
        match self {
            Self::Artist(artist) => artist.product_ids(),
            Self::Video(video) => video.product_ids(),
            Self::Product(product) => product.product_ids(),
            Self::Retailer(retailer) => retailer.product_ids(),
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

impl From<StepInput> for EntityInput {
    fn from(step: StepInput) -> Self {
        match step {
            StepInput::Artist(artist) => artist.into(),
            StepInput::Video(video) => video.into(),
            StepInput::Product(product) => product.into(),
        }
    }
}
