//! The differences between the kinds of entities.

use std::fmt::Debug;

use async_trait::async_trait;
use serde::{Serialize, de::DeserializeOwned};
use types::catalogue::{Slug, Status};

use super::{
    Operation,
    access::require_authenticated,
    lists::{EntityPage, ListQuery},
    owner_view::OwnerView,
};
use crate::catalogue::{
    CatalogueError,
    entities::{
        record::{EntityRecord, StoredEntity},
        repositories::Repositories,
        repository::Repository,
    },
    quotas::{owned_artists::PendingWriteKind, reservations::Creator},
    unique::UniqueKey,
};
use crate::{
    documents::{Collection, Revision},
    search::EntityKind,
};

pub(crate) static ARTISTS: Collection = Collection {
    name: "artists",
    indexed: &["parent", "mark"],
    max_body_bytes: 128 * 1024,
};
pub(crate) static VIDEOS: Collection = Collection {
    name: "videos",
    indexed: &["parent", "mark"],
    max_body_bytes: 320 * 1024,
};
pub(crate) static PRODUCTS: Collection = Collection {
    name: "products",
    indexed: &["parent", "mark"],
    max_body_bytes: 320 * 1024,
};
pub(crate) static RETAILERS: Collection = Collection {
    name: "retailers",
    indexed: &["parent", "mark"],
    max_body_bytes: 32 * 1024,
};

/// A kind of catalogue entity: everything in which the four kinds differ. The type that implements it
/// is the content of the entity.
///
/// [`CatalogueService`](crate::catalogue::CatalogueService) has the operations and calls these
/// functions; a kind replaces a default only where it differs. Other crates cannot create an
/// `Operation`, so they cannot bypass the service.
#[async_trait]
pub trait Kind:
    Clone + Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// The input of a form or of a client of the API.
    type Input: Send + Sync;

    /// The collection of its documents.
    const COLLECTION: &'static Collection;
    /// Its kind in the search index.
    const ENTITY_KIND: EntityKind;
    /// Its kind in the account's `OwnedArtists` while a write is pending.
    const PENDING_KIND: PendingWriteKind;
    /// Minimum and maximum length of a slug.
    const SLUG_LENGTH: (u16, u16) = (1, 80);

    /// A new, unique id.
    fn new_id() -> String;

    /// True if a text has the form of an id of this kind.
    fn is_id(text: &str) -> bool;

    /// The repository of this kind.
    fn repository(repositories: &Repositories) -> &Repository<Self>;

    /// The name or the title.
    fn name(&self) -> &str;

    /// The slug that was chosen, if any.
    fn slug(&self) -> Option<&Slug>;

    /// True if only the operator can assign this slug.
    fn is_reserved(_: &Slug) -> bool {
        false
    }

    /// The publication status that its owner has chosen.
    fn status(&self) -> Status;

    /// The key of a slug.
    fn slug_key(parent: &str, slug: &Slug) -> UniqueKey;

    /// Its keys other than those of its slugs.
    fn keys(record: &EntityRecord<Self>) -> Vec<UniqueKey>;

    /// The keys among [`keys`](Self::keys) whose reservation may name another entity, or none:
    /// migration 3 merged GTINs, and older versions stored entities without reserving.
    fn shared_keys(_: &EntityRecord<Self>) -> Vec<UniqueKey> {
        Vec::new()
    }

    /// The keys among [`shared_keys`](Self::shared_keys) that the entity does without while another
    /// entity has them; the others must be free when they are added.
    fn optional_keys(_: &EntityRecord<Self>) -> Vec<UniqueKey> {
        Vec::new()
    }

    /// The value of the indexed field `mark`. Only retailers are listed by it: by review status. The
    /// mark of other kinds is not used any more, but removing it from the documents would need a
    /// migration.
    fn list_key(record: &EntityRecord<Self>) -> Option<String> {
        (!record.is_live()).then(|| record.parent.clone())
    }

    /// The id of a new entity's parent: this artist, which must belong to the caller.
    async fn resolve_parent(
        operation: Operation<'_>,
        artist: Option<&str>,
    ) -> Result<String, CatalogueError> {
        require_authenticated(operation.caller)?;
        let artist = artist.ok_or(CatalogueError::Unknown)?;
        Ok(operation
            .context
            .live_artist_of(operation.caller, artist)
            .await?
            .id)
    }

    /// The content of a new entity, checked also against stored entities.
    async fn new_content(
        operation: Operation<'_>,
        parent: &str,
        input: &Self::Input,
    ) -> Result<Self, CatalogueError>;

    /// The content of a stored entity after an update, checked also against stored entities. A kind
    /// may compare the revision here, so that an update of an old version is a conflict even if its
    /// input is invalid.
    async fn updated_content(
        operation: Operation<'_>,
        base: &StoredEntity<Self>,
        from: Revision,
        input: &Self::Input,
    ) -> Result<Self, CatalogueError>;

    /// The entity with this id, as the caller may see it.
    async fn find(
        operation: Operation<'_>,
        id: &str,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        operation.context.live_entity_of(operation.caller, id).await
    }

    /// The entity with this id, if the caller may update and delete it.
    async fn find_editable(
        operation: Operation<'_>,
        id: &str,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        Self::find(operation, id).await
    }

    /// The entity with this id, deleted or not, if the caller may restore it.
    async fn find_restorable(
        operation: Operation<'_>,
        id: &str,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        operation.context.entity_of(operation.caller, id).await
    }

    /// Stores a new entity.
    async fn insert(
        operation: Operation<'_>,
        parent: &str,
        content: Self,
        creator: Creator<'_>,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        operation.context.create(parent, content, creator).await
    }

    /// Stores the new content of an entity that is unchanged since it was read.
    async fn replace(
        operation: Operation<'_>,
        base: StoredEntity<Self>,
        content: Self,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        operation
            .context
            .change_content(operation.caller, base, &content)
            .await
    }

    /// Deletes an entity that is unchanged since it was read.
    async fn delete(
        operation: Operation<'_>,
        base: StoredEntity<Self>,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        operation.context.delete(base, operation.by()).await
    }

    /// Restores an entity; one that is not deleted stays the same.
    async fn restore(
        operation: Operation<'_>,
        base: StoredEntity<Self>,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        operation.context.restore(base, operation.by()).await
    }

    /// The owner's view of an entity, without references to deleted entities.
    async fn view(
        _: Operation<'_>,
        entity: StoredEntity<Self>,
    ) -> Result<OwnerView<Self>, CatalogueError> {
        Ok(entity.into())
    }

    /// A page of the entities that the caller may see.
    async fn list(
        operation: Operation<'_>,
        query: &ListQuery,
    ) -> Result<EntityPage<Self>, CatalogueError> {
        operation.context.list(operation.caller, query).await
    }

    /// A page of the deleted entities that the caller can restore.
    async fn trash(
        operation: Operation<'_>,
        query: &ListQuery,
    ) -> Result<EntityPage<Self>, CatalogueError> {
        operation.context.trash(operation.caller, query).await
    }
}

impl<C: Kind> EntityRecord<C> {
    /// True if the entity itself is public. It is hidden nevertheless while its artist is not public.
    pub(crate) fn is_published_itself(&self) -> bool {
        self.is_live() && self.content.status() == Status::Published
    }
}

/// All unique keys of an entity.
pub(crate) fn all_keys<C: Kind>(record: &EntityRecord<C>) -> Vec<UniqueKey> {
    let slugs = record.former_slugs.iter().chain([&record.slug]);
    let mut keys: Vec<_> = slugs
        .map(|slug| C::slug_key(&record.parent, slug))
        .collect();
    keys.extend(C::keys(record));
    keys
}

#[cfg(test)]
mod tests;
