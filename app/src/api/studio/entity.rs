//! An entity of any kind, and the operations of the domain on it.

use domain::{
    Caller,
    catalogue::{
        ArtistView, Catalogue, CatalogueError, EntityPage, Kind as _, ListQuery, OwnerView,
        ProductView, RetailerView, VideoView,
    },
    documents::Revision,
};
use types::{
    catalogue::{ArtistContent, ArtistInput, EntityKind, ProductInput, RetailerInput, VideoInput},
    pages::{Visibility, studio::EntityInput},
};

/// The result of an operation of the domain.
pub(super) type CatalogueResult<T> = Result<T, CatalogueError>;

/// A stored entity of any kind, in its owner's view.
pub(super) enum Entity {
    Artist(ArtistView),
    Video(VideoView),
    Product(ProductView),
    Retailer(RetailerView),
}

/// A page of entities of one kind.
pub(super) struct StudioEntities {
    pub(super) entities: Vec<Entity>,
    /// Number of entities on all pages.
    pub(super) total: u64,
}

/// Calls an operation of the service of a kind; the answer becomes entities.
macro_rules! call {
    ($catalogue:expr, $kind:expr, $operation:ident($($argument:expr),*)) => {
        match $kind {
            EntityKind::Artist => $catalogue.artists.$operation($($argument),*).await.map(Into::into),
            EntityKind::Video => $catalogue.videos.$operation($($argument),*).await.map(Into::into),
            EntityKind::Product => $catalogue.products.$operation($($argument),*).await.map(Into::into),
            EntityKind::Retailer => $catalogue.retailers.$operation($($argument),*).await.map(Into::into),
        }
    };
}

/// The same for an operation whose last argument is the input, which says of which kind it is.
macro_rules! call_with_input {
    ($catalogue:expr, $input:expr, $operation:ident($($argument:expr),*)) => {
        match $input {
            EntityInput::Artist(input) => $catalogue.artists.$operation($($argument,)* input).await.map(Into::into),
            EntityInput::Video(input) => $catalogue.videos.$operation($($argument,)* input).await.map(Into::into),
            EntityInput::Product(input) => $catalogue.products.$operation($($argument,)* input).await.map(Into::into),
            EntityInput::Retailer(input) => $catalogue.retailers.$operation($($argument,)* input).await.map(Into::into),
        }
    };
}

/// Reads a field that the views of all kinds have.
macro_rules! read {
    ($entity:expr, $view:ident => $read:expr) => {
        match $entity {
            Entity::Artist($view) => $read,
            Entity::Video($view) => $read,
            Entity::Product($view) => $read,
            Entity::Retailer($view) => $read,
        }
    };
}

impl Entity {
    pub(super) async fn get(
        catalogue: &Catalogue,
        caller: &Caller,
        kind: EntityKind,
        id: &str,
    ) -> CatalogueResult<Self> {
        call!(catalogue, kind, get(caller, id))
    }

    pub(super) async fn get_trashed(
        catalogue: &Catalogue,
        caller: &Caller,
        kind: EntityKind,
        id: &str,
    ) -> CatalogueResult<Self> {
        call!(catalogue, kind, get_trashed(caller, id))
    }

    pub(super) async fn restore(
        catalogue: &Catalogue,
        caller: &Caller,
        kind: EntityKind,
        id: &str,
    ) -> CatalogueResult<Self> {
        call!(catalogue, kind, restore(caller, id))
    }

    pub(super) async fn delete(
        catalogue: &Catalogue,
        caller: &Caller,
        kind: EntityKind,
        id: &str,
        from: Revision,
    ) -> CatalogueResult<Self> {
        call!(catalogue, kind, delete(caller, id, from))
    }

    pub(super) async fn list(
        catalogue: &Catalogue,
        caller: &Caller,
        kind: EntityKind,
        query: &ListQuery,
    ) -> CatalogueResult<StudioEntities> {
        call!(catalogue, kind, list(caller, query))
    }

    pub(super) async fn trash(
        catalogue: &Catalogue,
        caller: &Caller,
        kind: EntityKind,
        query: &ListQuery,
    ) -> CatalogueResult<StudioEntities> {
        call!(catalogue, kind, trash(caller, query))
    }

    /// Creates an entity for an artist; the id is empty if none is named.
    pub(super) async fn create(
        catalogue: &Catalogue,
        caller: &Caller,
        artist: &str,
        input: &EntityInput,
    ) -> CatalogueResult<Self> {
        let artist = (!artist.is_empty()).then_some(artist);
        call_with_input!(catalogue, input, create(caller, artist))
    }

    /// Updates the entity with this id that is still at this revision.
    pub(super) async fn update(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &EntityInput,
    ) -> CatalogueResult<Self> {
        call_with_input!(catalogue, input, update(caller, id, from))
    }

    pub(super) fn kind(&self) -> EntityKind {
        match self {
            Self::Artist(_) => EntityKind::Artist,
            Self::Video(_) => EntityKind::Video,
            Self::Product(_) => EntityKind::Product,
            Self::Retailer(_) => EntityKind::Retailer,
        }
    }

    pub(super) fn id(&self) -> &str {
        read!(self, view => &view.id)
    }

    pub(super) fn revision(&self) -> u64 {
        read!(self, view => view.revision)
    }

    pub(super) fn slug(&self) -> &str {
        read!(self, view => &view.slug)
    }

    /// The id of the parent: of an account for an artist, of an artist for every other kind.
    pub(super) fn parent(&self) -> &str {
        read!(self, view => &view.parent)
    }

    /// Time of the last change, RFC 3339.
    pub(super) fn updated_at(&self) -> &str {
        read!(self, view => &view.updated_at)
    }

    /// Time of the deletion, RFC 3339; empty for an entity that is not deleted.
    pub(super) fn deleted_at(&self) -> &str {
        let deleted_at = read!(self, view => &view.deleted_at);
        deleted_at.as_deref().unwrap_or_default()
    }

    /// The name, or the title of a video.
    pub(super) fn name(&self) -> &str {
        read!(self, view => view.content.name())
    }

    /// The input that would produce the stored content.
    pub(super) fn input(&self) -> EntityInput {
        match self {
            Self::Artist(view) => ArtistInput::from(&view.content).into(),
            Self::Video(view) => VideoInput::from(&view.content).into(),
            Self::Product(view) => ProductInput::from(&view.content).into(),
            Self::Retailer(view) => RetailerInput::from(&view.content.retailer).into(),
        }
    }

    /// Whether the entity is public. `artist` is the one that it belongs to. `None` for a retailer,
    /// and for a video or product without `artist`.
    pub(super) fn visibility(&self, artist: Option<&ArtistContent>) -> Option<Visibility> {
        let status = match self {
            Self::Artist(view) => return Some(Visibility::of_artist(view.content.status)),
            Self::Video(view) => view.content.status,
            Self::Product(view) => view.content.status,
            Self::Retailer(_) => return None,
        };
        artist.map(|artist| Visibility::below_artist(status, artist.status))
    }
}

impl From<ArtistView> for Entity {
    fn from(view: ArtistView) -> Self {
        Self::Artist(view)
    }
}

impl From<VideoView> for Entity {
    fn from(view: VideoView) -> Self {
        Self::Video(view)
    }
}

impl From<ProductView> for Entity {
    fn from(view: ProductView) -> Self {
        Self::Product(view)
    }
}

impl From<RetailerView> for Entity {
    fn from(view: RetailerView) -> Self {
        Self::Retailer(view)
    }
}

impl<K> From<EntityPage<K>> for StudioEntities
where
    Entity: From<OwnerView<K>>,
{
    fn from(page: EntityPage<K>) -> Self {
        Self {
            entities: page.entities.into_iter().map(Entity::from).collect(),
            total: page.total,
        }
    }
}
