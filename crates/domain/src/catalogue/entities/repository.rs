//! Reads and writes the entities of one kind.

use std::{collections::HashSet, marker::PhantomData, sync::Arc};

use async_trait::async_trait;
use tokio::task::yield_now;

use super::record::{EntityRecord, EntityState, StoredEntity};
use crate::catalogue::{
    CatalogueError,
    read_model::outbox::{Outbox, OutboxEntry},
    service::kind::{Kind, all_keys},
    unique::{KeyOwner, ReserveOutcome, UniqueIndex, UniqueKey},
};
use crate::{
    clock::{Clock, unix_milliseconds},
    documents::{Consistency, Document, Documents, FieldQuery, Revision, StoreError},
    encoding::{decode, encode},
};

/// Maximum number of documents per request to the store.
pub(crate) const PAGE: usize = 500;

/// The entities of one kind.
#[derive(Debug)]
pub struct Repository<C> {
    documents: Arc<dyn Documents>,
    keys: UniqueIndex,
    outbox: Outbox,
    clock: Arc<dyn Clock>,
    kind: PhantomData<fn() -> C>,
}

/// A page of listed entities, without tombstones.
#[derive(Debug)]
pub(crate) struct Batch<C> {
    pub(crate) entities: Vec<StoredEntity<C>>,
    /// The id after which the next page begins.
    pub(crate) last: String,
}

/// The outcome of writing an entity.
#[derive(Debug)]
pub(crate) enum WriteOutcome<C> {
    /// The entity was written. The caller must update its entry in the read model.
    Committed(Box<StoredEntity<C>>, OutboxEntry),
    /// Another entity has this key.
    Taken(UniqueKey),
    /// Conflict: the entity has been changed since it was read.
    Conflict,
}

impl<C: Kind> Repository<C> {
    pub(crate) fn new(
        documents: Arc<dyn Documents>,
        keys: UniqueIndex,
        outbox: Outbox,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            documents,
            keys,
            outbox,
            clock,
            kind: PhantomData,
        }
    }

    /// The current entity, deleted or not.
    pub(crate) async fn get(&self, id: &str) -> Result<Option<StoredEntity<C>>, StoreError> {
        let document = self.documents.get(C::COLLECTION, id).await?;
        document.map_or(Ok(None), stored)
    }

    /// Several entities, in the order of the ids; `None` for one that does not exist.
    pub(crate) async fn get_many(
        &self,
        ids: &[&str],
    ) -> Result<Vec<Option<StoredEntity<C>>>, StoreError> {
        let mut entities = Vec::with_capacity(ids.len());
        for page in ids.chunks(PAGE) {
            let documents = self.documents.get_many(C::COLLECTION, page).await?;
            for document in documents {
                entities.push(document.map_or(Ok(None), stored)?);
                // Decoding one entity may take a millisecond; this lets other tasks of the thread run.
                yield_now().await;
            }
        }
        Ok(entities)
    }

    /// A page of a parent's children, in the order of ids; `None` after the last page. Includes all
    /// writes before the call.
    pub(crate) async fn children(
        &self,
        parent: &str,
        after: Option<&str>,
    ) -> Result<Option<Batch<C>>, StoreError> {
        self.listed("parent", parent, after).await
    }

    /// All children of a parent, in the order of ids. Includes all writes before the call.
    pub(crate) async fn all_children(
        &self,
        parent: &str,
    ) -> Result<Vec<StoredEntity<C>>, StoreError> {
        self.all_listed("parent", parent).await
    }

    /// All entities with a mark, in the order of ids. Includes all writes before the call.
    pub(crate) async fn all_marked(&self, mark: &str) -> Result<Vec<StoredEntity<C>>, StoreError> {
        self.all_listed("mark", mark).await
    }

    async fn all_listed(
        &self,
        field: &str,
        value: &str,
    ) -> Result<Vec<StoredEntity<C>>, StoreError> {
        let (mut all, mut after) = (Vec::new(), None::<String>);
        while let Some(batch) = self.listed(field, value, after.as_deref()).await? {
            after = Some(batch.last);
            all.extend(batch.entities);
        }
        Ok(all)
    }

    async fn listed(
        &self,
        field: &str,
        value: &str,
        after: Option<&str>,
    ) -> Result<Option<Batch<C>>, StoreError> {
        let listing = FieldQuery {
            field,
            value,
            after,
            limit: PAGE,
            consistency: Consistency::Current,
        };
        batch(self.documents.list(C::COLLECTION, listing).await?)
    }

    /// A page of all entities, in the order of ids; `None` after the last page. Includes all writes
    /// before the call.
    pub(crate) async fn page(&self, after: Option<&str>) -> Result<Option<Batch<C>>, StoreError> {
        let scanned = self.documents.scan(C::COLLECTION, after, PAGE);
        batch(scanned.await?)
    }

    /// The entity whose own document contains a key. A reservation alone does not count.
    pub(crate) async fn find(
        &self,
        key: &UniqueKey,
    ) -> Result<Option<StoredEntity<C>>, StoreError> {
        let Some(owner) = self.keys.owner(key).await? else {
            return Ok(None);
        };
        let found = self.get(&owner).await?;
        Ok(found.filter(|stored| all_keys(&stored.record).contains(key)))
    }

    /// Writes a new entity: reserves its keys, enqueues its outbox entry, then creates the document.
    /// The id must never have been used.
    pub(crate) async fn create(
        &self,
        id: &str,
        mut record: EntityRecord<C>,
        owners: &dyn KeyOwner,
    ) -> Result<WriteOutcome<C>, StoreError> {
        record.mark = C::list_key(&record);
        let keys = all_keys(&record);
        if let ReserveOutcome::Taken(taken) = self.keys.reserve_keys(&keys, id, owners).await? {
            return Ok(WriteOutcome::Taken(taken));
        }
        let due = self.outbox.enqueue(id).await?;
        let body = encode(&EntityState::Live(Box::new(record.clone())))?;
        match self.documents.create(C::COLLECTION, id, body).await {
            Ok(revision) => Ok(WriteOutcome::Committed(
                Box::new(stored_at(id, revision, record)),
                due,
            )),
            Err(StoreError::Exists) => self.already_there(id, due).await,
            Err(error) => Err(error),
        }
    }

    /// The outcome of a create that found a document. No other request uses this id, so the document
    /// is from this save, which the store has retried, or it is a tombstone, because the save took too
    /// long.
    async fn already_there(
        &self,
        id: &str,
        due: OutboxEntry,
    ) -> Result<WriteOutcome<C>, StoreError> {
        Ok(match self.get(id).await? {
            Some(stored) => WriteOutcome::Committed(Box::new(stored), due),
            None => WriteOutcome::Conflict,
        })
    }

    /// Replaces an entity that is still at the revision of `base`. Reserves new keys before the write,
    /// and releases old ones after it.
    pub(crate) async fn replace(
        &self,
        base: &StoredEntity<C>,
        mut record: EntityRecord<C>,
        owners: &dyn KeyOwner,
    ) -> Result<WriteOutcome<C>, StoreError> {
        record.mark = C::list_key(&record);
        let (old, new) = (all_keys(&base.record), all_keys(&record));
        let given_up = self.keys.read_owned(&without(&old, &new), &base.id).await?;
        let (old_shared, new_shared) = (C::shared_keys(&base.record), C::shared_keys(&record));
        // A key that was shared before and is not any more must be reserved like a new one.
        let old = without(&old, &without(&old_shared, &new_shared));
        let taken_up = without(&without(&new, &old), &C::optional_keys(&record));
        let reserved = match self.keys.reserve_keys(&taken_up, &base.id, owners).await? {
            ReserveOutcome::All(reserved) => reserved,
            ReserveOutcome::Taken(taken) => return Ok(WriteOutcome::Taken(taken)),
        };
        let kept = without(&new_shared, &taken_up);
        self.keys.reserve_unused(&kept, &base.id, owners).await?;
        let due = self.outbox.enqueue(&base.id).await?;
        let body = encode(&EntityState::Live(Box::new(record.clone())))?;
        let replaced = self
            .documents
            .replace(C::COLLECTION, &base.id, base.revision, body)
            .await;
        match replaced {
            Ok(revision) => {
                self.keys.release_keys(given_up, &base.id).await;
                let stored = stored_at(&base.id, revision, record);
                Ok(WriteOutcome::Committed(Box::new(stored), due))
            }
            Err(StoreError::Conflict) => {
                self.keys.free(reserved).await;
                Ok(WriteOutcome::Conflict)
            }
            Err(error) => Err(error),
        }
    }

    /// Writes a tombstone under an id, so that no entity can be created there; `false` if an entity
    /// exists.
    pub(crate) async fn write_tombstone(&self, id: &str) -> Result<bool, StoreError> {
        let body = encode(&self.new_tombstone())?;
        match self.documents.create(C::COLLECTION, id, body).await {
            Ok(_) => Ok(true),
            Err(StoreError::Exists) => Ok(self.get(id).await?.is_none()),
            Err(error) => Err(error),
        }
    }

    /// Bumps the revision of an entity, so that no save that began before this call succeeds. If
    /// `is_left` is true for the entity, does nothing and returns `false`.
    async fn bump_revision_unless(
        &self,
        id: &str,
        is_left: impl Fn(&EntityRecord<C>) -> bool,
    ) -> Result<bool, StoreError> {
        loop {
            let written = match self.documents.get(C::COLLECTION, id).await? {
                None => {
                    let body = encode(&self.new_tombstone())?;
                    self.documents.create(C::COLLECTION, id, body).await
                }
                Some(document) => {
                    let Some(stored) = stored::<C>(document.clone())? else {
                        return Ok(true);
                    };
                    if is_left(&stored.record) {
                        return Ok(false);
                    }
                    let (from, body) = (document.revision, document.body);
                    self.documents.replace(C::COLLECTION, id, from, body).await
                }
            };
            match written {
                Ok(_) => return Ok(true),
                Err(StoreError::Exists | StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Makes the save fail that started from revision `from` and sets `updated_at` (milliseconds since
    /// 1970), by bumping the revision; `false` if the save has succeeded, or may have. Bumping keeps
    /// `updated_at`, so a repeated call has the same result until the entity is changed.
    pub(crate) async fn fence_save_from(
        &self,
        id: &str,
        from: Revision,
        updated_at: i64,
    ) -> Result<bool, StoreError> {
        loop {
            let Some(document) = self.documents.get(C::COLLECTION, id).await? else {
                return Ok(false);
            };
            if document.revision != from {
                let current = stored::<C>(document)?;
                return Ok(current.is_some_and(|current| current.record.updated_at < updated_at));
            }
            let body = document.body;
            match self.documents.replace(C::COLLECTION, id, from, body).await {
                Ok(_) => return Ok(true),
                Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads an entity again after a save was a conflict. The content is unchanged if another process
    /// has only bumped the revision.
    ///
    /// # Errors
    /// [`CatalogueError::Conflict`] if the entity was changed.
    pub(crate) async fn unchanged(
        &self,
        base: &StoredEntity<C>,
    ) -> Result<StoredEntity<C>, CatalogueError> {
        let current = self.get(&base.id).await?;
        current
            .filter(|current| current.record == base.record)
            .ok_or(CatalogueError::Conflict)
    }

    /// True if an entity has a key. A deleted entity that can no longer be restored has none.
    fn holds(&self, record: &EntityRecord<C>, key: &UniqueKey) -> bool {
        self.is_kept(record) && all_keys(record).contains(key)
    }

    /// True if an entity is not deleted, or can be restored.
    pub(crate) fn is_kept(&self, record: &EntityRecord<C>) -> bool {
        record.is_live() || self.is_restorable(record)
    }

    /// True if an entity is deleted and can be restored now.
    pub(crate) fn is_restorable(&self, record: &EntityRecord<C>) -> bool {
        record.is_restorable(unix_milliseconds(self.clock.now()))
    }

    /// The restored record of a deleted entity; `None` if it cannot be restored.
    pub(crate) fn restored(&self, record: &EntityRecord<C>, by: &str) -> Option<EntityRecord<C>> {
        if !self.is_restorable(record) {
            return None;
        }
        let mut restored = record.clone();
        restored.restore(by, self.clock.as_ref());
        Some(restored)
    }

    fn new_tombstone(&self) -> EntityState<C> {
        EntityState::Gone {
            gone_at: unix_milliseconds(self.clock.now()),
        }
    }
}

#[async_trait]
impl<C: Kind> KeyOwner for Repository<C> {
    async fn has(&self, owner: &str, key: &UniqueKey) -> Result<bool, StoreError> {
        let stored = self.get(owner).await?;
        Ok(stored.is_some_and(|stored| self.holds(&stored.record, key)))
    }

    async fn fence(&self, owner: &str, key: &UniqueKey) -> Result<bool, StoreError> {
        self.bump_revision_unless(owner, |record| self.holds(record, key))
            .await
    }

    async fn bump_revision(&self, owner: &str) -> Result<(), StoreError> {
        self.bump_revision_unless(owner, |_| false).await.map(drop)
    }
}

fn batch<C: Kind>(documents: Vec<Document>) -> Result<Option<Batch<C>>, StoreError> {
    let Some(last) = documents.last().map(|document| document.id.clone()) else {
        return Ok(None);
    };
    let entities = documents.into_iter().map(stored);
    let entities = entities
        .filter_map(Result::transpose)
        .collect::<Result<_, _>>()?;
    Ok(Some(Batch { entities, last }))
}

fn stored<C: Kind>(document: Document) -> Result<Option<StoredEntity<C>>, StoreError> {
    match decode::<EntityState<C>>(&document)? {
        EntityState::Live(record) => Ok(Some(stored_at(&document.id, document.revision, *record))),
        EntityState::Gone { .. } => Ok(None),
    }
}

fn stored_at<C>(id: &str, revision: Revision, record: EntityRecord<C>) -> StoredEntity<C> {
    StoredEntity {
        id: id.to_owned(),
        revision,
        record,
    }
}

/// The keys that are not among `others`.
fn without(keys: &[UniqueKey], others: &[UniqueKey]) -> Vec<UniqueKey> {
    let others: HashSet<_> = others.iter().collect();
    let rest = keys.iter().filter(|key| !others.contains(key));
    rest.cloned().collect()
}
