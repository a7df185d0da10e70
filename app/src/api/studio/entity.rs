//! An entity of any kind, and the operations of the domain on it.

use domain::{
    Caller,
    catalogue::{
        ArtistView, Catalogue, CatalogueError, ProductView, RetailerView, VideoView, View,
    },
    documents::Revision,
};
use types::{
    catalogue::{ArtistContent, ArtistInput, EntityKind, ProductInput, RetailerInput, VideoInput},
    pages::{Visibility, studio::EntityInput},
};

/// The result of an operation of the domain.
pub(super) type Answer<T> = Result<T, CatalogueError>;

/// A stored entity of any kind, in its owner's view.
pub(super) enum Entity {
    Artist(ArtistView),
    Video(VideoView),
    Product(ProductView),
    Retailer(RetailerView),
}

/// Calls the same method on the service of a kind and wraps the result in [`Entity`].
macro_rules! call {
    ($catalogue:ident, $kind:expr, $method:ident($($argument:expr),*)) => {
        match $kind {
            EntityKind::Artist => $catalogue.artists.$method($($argument),*).await.map(Self::Artist),
            EntityKind::Video => $catalogue.videos.$method($($argument),*).await.map(Self::Video),
            EntityKind::Product => $catalogue.products.$method($($argument),*).await.map(Self::Product),
            EntityKind::Retailer => $catalogue.retailers.$method($($argument),*).await.map(Self::Retailer),
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
    ) -> Answer<Self> {
        call!(catalogue, kind, get(caller, id))
    }

    pub(super) async fn get_deleted(
        catalogue: &Catalogue,
        caller: &Caller,
        kind: EntityKind,
        id: &str,
    ) -> Answer<Self> {
        call!(catalogue, kind, get_trashed(caller, id))
    }

    pub(super) async fn restore(
        catalogue: &Catalogue,
        caller: &Caller,
        kind: EntityKind,
        id: &str,
    ) -> Answer<Self> {
        call!(catalogue, kind, restore(caller, id))
    }

    pub(super) async fn delete(
        catalogue: &Catalogue,
        caller: &Caller,
        kind: EntityKind,
        id: &str,
        from: Revision,
    ) -> Answer<Self> {
        call!(catalogue, kind, delete(caller, id, from))
    }

    /// Creates an entity for the artist with this id. A new artist has no parent artist; the id is
    /// ignored.
    pub(super) async fn create(
        catalogue: &Catalogue,
        caller: &Caller,
        artist: &str,
        input: &EntityInput,
    ) -> Answer<Self> {
        match input {
            EntityInput::Artist(input) => {
                let created = catalogue.artists.create(caller, None, input).await;
                created.map(Self::Artist)
            }
            EntityInput::Video(input) => {
                let created = catalogue.videos.create(caller, Some(artist), input).await;
                created.map(Self::Video)
            }
            EntityInput::Product(input) => {
                let created = catalogue.products.create(caller, Some(artist), input).await;
                created.map(Self::Product)
            }
            EntityInput::Retailer(input) => {
                let created = catalogue
                    .retailers
                    .create(caller, Some(artist), input)
                    .await;
                created.map(Self::Retailer)
            }
        }
    }

    /// Updates the entity with this id, if it still has the revision `from`.
    pub(super) async fn change(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &EntityInput,
    ) -> Answer<Self> {
        match input {
            EntityInput::Artist(input) => {
                let changed = catalogue.artists.update(caller, id, from, input).await;
                changed.map(Self::Artist)
            }
            EntityInput::Video(input) => {
                let changed = catalogue.videos.update(caller, id, from, input).await;
                changed.map(Self::Video)
            }
            EntityInput::Product(input) => {
                let changed = catalogue.products.update(caller, id, from, input).await;
                changed.map(Self::Product)
            }
            EntityInput::Retailer(input) => {
                let changed = catalogue.retailers.update(caller, id, from, input).await;
                changed.map(Self::Retailer)
            }
        }
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
        match self {
            Self::Artist(view) => &view.content.name,
            Self::Video(view) => &view.content.title,
            Self::Product(view) => &view.content.name,
            Self::Retailer(view) => &view.content.retailer.name,
        }
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

/// Wraps the views of one kind as entities.
pub(super) fn entities<C>(views: Vec<View<C>>, entity: fn(View<C>) -> Entity) -> Vec<Entity> {
    views.into_iter().map(entity).collect()
}
