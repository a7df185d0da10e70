//! The operations that all kinds of entities have, and what they share.

pub(super) mod access;
pub(super) mod artists;
pub(super) mod audit;
pub(super) mod context;
pub(super) mod find_named;
pub(super) mod kind;
pub(super) mod lists;
pub(super) mod moderation;
pub(super) mod offer_retailers;
pub(super) mod operator_artists;
pub(super) mod operator_lookup;
pub(super) mod owner_view;
pub(super) mod products;
pub(super) mod retailer_access;
pub(super) mod retailers;
pub(super) mod uses;
pub(super) mod videos;
pub(super) mod whole_list;

use std::{marker::PhantomData, sync::Arc};

use self::{
    access::actor_id,
    context::CatalogueContext,
    kind::Kind,
    lists::{EntityPage, ListQuery},
    owner_view::OwnerView,
};
use super::{CatalogueError, quotas::reservations::Creator};
use crate::{caller::Caller, documents::Revision};

/// One call of an operation: the context of the catalogue, and the caller.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    pub(super) context: &'a CatalogueContext,
    pub(super) caller: &'a Caller,
}

impl<'a> Operation<'a> {
    /// The caller as records contain it; see [`actor_id`].
    pub(super) fn by(self) -> &'a str {
        actor_id(self.caller)
    }
}

/// The operations on entities of one kind. Where kinds differ, the [`Kind`] says how.
///
/// The id of an entity that the caller may not see gives the same result as an unknown one. `from`
/// is the revision that the caller's version is based on; another stored revision is a
/// [`CatalogueError::Conflict`]. Every operation that writes counts against the caller's rate limit,
/// whatever its outcome.
///
/// # Errors
/// Every operation: [`CatalogueError::Unauthenticated`] for an anonymous caller,
/// [`CatalogueError::Store`]; one that writes: [`CatalogueError::TooMany`]. Each operation lists
/// its further errors.
#[derive(Clone, Debug)]
pub struct CatalogueService<K> {
    context: Arc<CatalogueContext>,
    kind: PhantomData<fn() -> K>,
}

impl<K: Kind> CatalogueService<K> {
    pub(super) fn new(context: Arc<CatalogueContext>) -> Self {
        let kind = PhantomData;
        Self { context, kind }
    }

    pub(super) fn context(&self) -> &CatalogueContext {
        &self.context
    }

    /// A call of an operation that reads.
    pub(super) fn read<'a>(&'a self, caller: &'a Caller) -> Operation<'a> {
        let context = &self.context;
        Operation { context, caller }
    }

    /// A call of an operation that writes; counts it against the caller's rate limit.
    ///
    /// # Errors
    /// [`CatalogueError::TooMany`].
    pub(super) fn write<'a>(&'a self, caller: &'a Caller) -> Result<Operation<'a>, CatalogueError> {
        self.context.write_limits.take_token(caller)?;
        Ok(self.read(caller))
    }

    /// Creates an entity below `artist`, the id of an artist of the caller. For a new artist it is
    /// `None`: artists belong to the caller's account.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`] (the artist), [`CatalogueError::Invalid`] (also if another
    /// entity has one of its unique values), [`CatalogueError::Full`].
    pub async fn create(
        &self,
        caller: &Caller,
        artist: Option<&str>,
        input: &K::Input,
    ) -> Result<OwnerView<K>, CatalogueError> {
        let operation = self.write(caller)?;
        let parent = K::resolve_parent(operation, artist).await?;
        let creator = self.context.creator(caller);
        Self::create_below(operation, &parent, input, creator).await
    }

    /// Like [`create`](Self::create), with the quotas of `creator`: those of another account, or none.
    pub(super) async fn create_below(
        operation: Operation<'_>,
        parent: &str,
        input: &K::Input,
        creator: Creator<'_>,
    ) -> Result<OwnerView<K>, CatalogueError> {
        let content = K::new_content(operation, parent, input).await?;
        let created = K::insert(operation, parent, content, creator).await?;
        // The content was checked against stored entities just now, so it has no deleted references.
        Ok(created.into())
    }

    /// Reads an entity that is not deleted.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`].
    pub async fn get(&self, caller: &Caller, id: &str) -> Result<OwnerView<K>, CatalogueError> {
        let operation = self.read(caller);
        let entity = K::find(operation, id).await?;
        K::view(operation, entity).await
    }

    /// A page of the entities that the caller may see, including all writes before the call.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`] (the artist of the query).
    pub async fn list(
        &self,
        caller: &Caller,
        query: &ListQuery,
    ) -> Result<EntityPage<K>, CatalogueError> {
        K::list(self.read(caller), query).await
    }

    /// A page of the deleted entities that the caller can restore. It is empty if the query names an
    /// artist of another account.
    ///
    /// # Errors
    /// Those of every operation.
    pub async fn trash(
        &self,
        caller: &Caller,
        query: &ListQuery,
    ) -> Result<EntityPage<K>, CatalogueError> {
        K::trash(self.read(caller), query).await
    }

    /// Reads a deleted entity that the caller can restore.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`], also thirty days after its deletion;
    /// [`CatalogueError::Forbidden`] if only a moderator can restore it.
    pub async fn get_trashed(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<OwnerView<K>, CatalogueError> {
        let entity = K::find_restorable(self.read(caller), id).await?;
        match self.context.repository::<K>().is_restorable(&entity.record) {
            true => Ok(entity.into()),
            false => Err(CatalogueError::Unknown),
        }
    }

    /// Updates an entity that is still at revision `from`.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`], [`CatalogueError::Conflict`], [`CatalogueError::Invalid`],
    /// [`CatalogueError::Full`]; [`CatalogueError::Forbidden`] if only a moderator can update it.
    pub async fn update(
        &self,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &K::Input,
    ) -> Result<OwnerView<K>, CatalogueError> {
        let operation = self.write(caller)?;
        let base = K::find_editable(operation, id).await?;
        let content = K::updated_content(operation, &base, from, input).await?;
        // `updated_content` compares the revision for some kinds only.
        base.require_revision(from)?;
        let updated = K::replace(operation, base, content).await?;
        K::view(operation, updated).await
    }

    /// Deletes an entity that is still at revision `from`: it can be restored from the trash for
    /// thirty days. Its children (videos, products) are hidden until it is restored.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`], [`CatalogueError::Conflict`]; [`CatalogueError::Forbidden`] if only a
    /// moderator can delete it.
    pub async fn delete(
        &self,
        caller: &Caller,
        id: &str,
        from: Revision,
    ) -> Result<OwnerView<K>, CatalogueError> {
        let operation = self.write(caller)?;
        let base = K::find_editable(operation, id).await?;
        base.require_revision(from)?;
        Ok(K::delete(operation, base).await?.into())
    }

    /// Restores a deleted entity with its children and references; one that is not deleted stays
    /// the same.
    ///
    /// # Errors
    /// As [`get_trashed`](Self::get_trashed); [`CatalogueError::Conflict`] if concurrent changes
    /// keep winning.
    pub async fn restore(&self, caller: &Caller, id: &str) -> Result<OwnerView<K>, CatalogueError> {
        let operation = self.write(caller)?;
        let base = K::find_restorable(operation, id).await?;
        let restored = K::restore(operation, base).await?;
        K::view(operation, restored).await
    }
}
