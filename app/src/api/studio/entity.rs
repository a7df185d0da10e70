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

/// Calls an operation of the kind's service, and converts the result into an [`Entity`] or
/// [`StudioEntities`].
macro_rules! call {
    ($entities:expr, $kind:expr, $operation:ident($($argument:expr),*)) => {{
        let Entities { catalogue, caller } = $entities;
        match $kind {
            EntityKind::Artist => catalogue.artists.$operation(caller, $($argument),*).await.map(Into::into),
            EntityKind::Video => catalogue.videos.$operation(caller, $($argument),*).await.map(Into::into),
            EntityKind::Product => catalogue.products.$operation(caller, $($argument),*).await.map(Into::into),
            EntityKind::Retailer => catalogue.retailers.$operation(caller, $($argument),*).await.map(Into::into),
        }
    }};
}

/// Like `call`, for an operation whose last argument is the input; its variant determines the kind.
macro_rules! call_with_input {
    ($entities:expr, $input:expr, $operation:ident($($argument:expr),*)) => {{
        let Entities { catalogue, caller } = $entities;
        match $input {
            EntityInput::Artist(input) => catalogue.artists.$operation(caller, $($argument,)* input).await.map(Into::into),
            EntityInput::Video(input) => catalogue.videos.$operation(caller, $($argument,)* input).await.map(Into::into),
            EntityInput::Product(input) => catalogue.products.$operation(caller, $($argument,)* input).await.map(Into::into),
            EntityInput::Retailer(input) => catalogue.retailers.$operation(caller, $($argument,)* input).await.map(Into::into),
        }
    }};
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

/// The operations of the domain on entities of any kind, for one caller.
#[derive(Clone, Copy)]
pub(super) struct Entities<'a> {
    catalogue: &'a Catalogue,
    caller: &'a Caller,
}

impl<'a> Entities<'a> {
    pub(super) fn of(catalogue: &'a Catalogue, caller: &'a Caller) -> Self {
        Self { catalogue, caller }
    }

    pub(super) async fn get(self, kind: EntityKind, id: &str) -> CatalogueResult<Entity> {
        call!(self, kind, get(id))
    }

    pub(super) async fn get_trashed(self, kind: EntityKind, id: &str) -> CatalogueResult<Entity> {
        call!(self, kind, get_trashed(id))
    }

    pub(super) async fn restore(self, kind: EntityKind, id: &str) -> CatalogueResult<Entity> {
        call!(self, kind, restore(id))
    }

    pub(super) async fn delete(
        self,
        kind: EntityKind,
        id: &str,
        from: Revision,
    ) -> CatalogueResult<Entity> {
        call!(self, kind, delete(id, from))
    }

    pub(super) async fn list(
        self,
        kind: EntityKind,
        query: &ListQuery,
    ) -> CatalogueResult<StudioEntities> {
        call!(self, kind, list(query))
    }

    pub(super) async fn trash(
        self,
        kind: EntityKind,
        query: &ListQuery,
    ) -> CatalogueResult<StudioEntities> {
        call!(self, kind, trash(query))
    }

    /// Creates an entity. `artist` is the id of its artist; empty for a new artist.
    pub(super) async fn create(self, artist: &str, input: &EntityInput) -> CatalogueResult<Entity> {
        let artist = (!artist.is_empty()).then_some(artist);
        call_with_input!(self, input, create(artist))
    }

    /// Updates an entity that is still at revision `from`.
    pub(super) async fn update(
        self,
        id: &str,
        from: Revision,
        input: &EntityInput,
    ) -> CatalogueResult<Entity> {
        call_with_input!(self, input, update(id, from))
    }
}

impl Entity {
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

    /// The visibility of the entity to visitors. `artist` is the artist that it belongs to. `None` for
    /// a retailer, and for a video or product whose `artist` is `None`.
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
