//! The things of one kind in the store.

use std::{collections::HashSet, marker::PhantomData, sync::Arc};

use async_trait::async_trait;
use tokio::task::yield_now;

use super::{
    CatalogueError,
    keys::{Key, Keys, Owner, Stamped},
    kind::{Kind, all_keys},
    outbox::{Due, Outbox},
    record::{Kept, Record, Stored},
};
use crate::{
    clock::{Clock, unix_milliseconds},
    documents::{Currency, Document, Documents, Listing, Revision, StoreError},
    encoding::{decode, encode},
};

/// So many documents are read in one go.
pub(crate) const PAGE: usize = 500;

/// The things of one kind.
#[derive(Debug)]
pub struct Repository<C> {
    documents: Arc<dyn Documents>,
    keys: Keys,
    outbox: Outbox,
    clock: Arc<dyn Clock>,
    kind: PhantomData<fn() -> C>,
}

/// Things that were listed together, without the tombstones among them.
#[derive(Debug)]
pub(crate) struct Batch<C> {
    pub(crate) things: Vec<Stored<C>>,
    /// The id behind which the next ones stand.
    pub(crate) last: String,
}

/// What became of a thing that was to be written.
#[derive(Debug)]
pub(crate) enum Written<C> {
    /// It is there; its entry in the read model is due.
    Yes(Box<Stored<C>>, Due),
    /// Something else has this key.
    Taken(Key),
    /// It has been changed since it was read.
    Moved,
}

impl<C: Kind> Repository<C> {
    pub(crate) fn new(
        documents: Arc<dyn Documents>,
        keys: Keys,
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

    /// A thing as the store has it now, deleted or not.
    pub(crate) async fn get(&self, id: &str) -> Result<Option<Stored<C>>, StoreError> {
        let document = self.documents.get(C::COLLECTION, id).await?;
        document.map_or(Ok(None), stored)
    }

    /// Several things; the answer has the order of the ids.
    pub(crate) async fn get_many(
        &self,
        ids: &[&str],
    ) -> Result<Vec<Option<Stored<C>>>, StoreError> {
        let mut things = Vec::with_capacity(ids.len());
        for page in ids.chunks(PAGE) {
            let documents = self.documents.get_many(C::COLLECTION, page).await?;
            for document in documents {
                things.push(document.map_or(Ok(None), stored)?);
                // Each may take a millisecond, and others wait for this thread.
                yield_now().await;
            }
        }
        Ok(things)
    }

    /// Some of what belongs to a parent, as of now, by id; `None` behind the last one.
    pub(crate) async fn children(
        &self,
        parent: &str,
        after: Option<&str>,
    ) -> Result<Option<Batch<C>>, StoreError> {
        self.listed("parent", parent, after).await
    }

    /// All that belongs to a parent, as of now, by id.
    pub(crate) async fn all_children(&self, parent: &str) -> Result<Vec<Stored<C>>, StoreError> {
        self.all_listed("parent", parent).await
    }

    /// All that has a mark, as of now, by id.
    pub(crate) async fn all_marked(&self, mark: &str) -> Result<Vec<Stored<C>>, StoreError> {
        self.all_listed("mark", mark).await
    }

    async fn all_listed(&self, field: &str, value: &str) -> Result<Vec<Stored<C>>, StoreError> {
        let (mut all, mut after) = (Vec::new(), None::<String>);
        while let Some(batch) = self.listed(field, value, after.as_deref()).await? {
            after = Some(batch.last);
            all.extend(batch.things);
        }
        Ok(all)
    }

    async fn listed(
        &self,
        field: &str,
        value: &str,
        after: Option<&str>,
    ) -> Result<Option<Batch<C>>, StoreError> {
        let listing = Listing {
            field,
            value,
            after,
            limit: PAGE,
            currency: Currency::AsOfNow,
        };
        batch(self.documents.list(C::COLLECTION, listing).await?)
    }

    /// Some of all there are, as of now, by id; `None` behind the last one.
    pub(crate) async fn page(&self, after: Option<&str>) -> Result<Option<Batch<C>>, StoreError> {
        let scanned = self.documents.scan(C::COLLECTION, after, PAGE);
        batch(scanned.await?)
    }

    /// The thing that a key leads to: the one that says so itself.
    pub(crate) async fn find(&self, key: &Key) -> Result<Option<Stored<C>>, StoreError> {
        let Some(owner) = self.keys.owner(key).await? else {
            return Ok(None);
        };
        let found = self.get(&owner).await?;
        Ok(found.filter(|stored| all_keys(&stored.record).contains(key)))
    }

    /// Writes a new thing under an id that nothing has had.
    pub(crate) async fn create(
        &self,
        id: &str,
        mut record: Record<C>,
        owners: &dyn Owner,
    ) -> Result<Written<C>, StoreError> {
        record.mark = C::mark(&record);
        let keys = all_keys(&record);
        if let Stamped::Taken(taken) = self.keys.stamp(&keys, id, owners).await? {
            return Ok(Written::Taken(taken));
        }
        let due = self.outbox.note(id).await?;
        let body = encode(&Kept::Live(Box::new(record.clone())))?;
        match self.documents.create(C::COLLECTION, id, body).await {
            Ok(revision) => Ok(Written::Yes(Box::new(stored_at(id, revision, record)), due)),
            Err(StoreError::Exists) => self.already_there(id, due).await,
            Err(error) => Err(error),
        }
    }

    /// Nobody else makes a thing under this id: it is our own, from a store that repeats, or it was
    /// fenced off because the save took too long.
    async fn already_there(&self, id: &str, due: Due) -> Result<Written<C>, StoreError> {
        Ok(match self.get(id).await? {
            Some(stored) => Written::Yes(Box::new(stored), due),
            None => Written::Moved,
        })
    }

    /// Writes a thing over the one that was read.
    pub(crate) async fn replace(
        &self,
        base: &Stored<C>,
        mut record: Record<C>,
        owners: &dyn Owner,
    ) -> Result<Written<C>, StoreError> {
        record.mark = C::mark(&record);
        let (old, new) = (all_keys(&base.record), all_keys(&record));
        let given_up = self.keys.see(&without(&old, &new), &base.id).await?;
        let (old_shared, new_shared) = (C::shared_keys(&base.record), C::shared_keys(&record));
        // What was shared and is to be this thing's alone is taken up like any other key.
        let old = without(&old, &without(&old_shared, &new_shared));
        let taken_up = without(&new, &old);
        let stamped = match self.keys.stamp(&taken_up, &base.id, owners).await? {
            Stamped::All(stamped) => stamped,
            Stamped::Taken(taken) => return Ok(Written::Taken(taken)),
        };
        let kept = without(&new_shared, &taken_up);
        self.keys.take_unused(&kept, &base.id, owners).await?;
        let due = self.outbox.note(&base.id).await?;
        let body = encode(&Kept::Live(Box::new(record.clone())))?;
        let replaced = self
            .documents
            .replace(C::COLLECTION, &base.id, base.revision, body)
            .await;
        match replaced {
            Ok(revision) => {
                self.keys.give_up(given_up, &base.id).await;
                let stored = stored_at(&base.id, revision, record);
                Ok(Written::Yes(Box::new(stored), due))
            }
            Err(StoreError::Moved) => {
                self.keys.free(stamped).await;
                Ok(Written::Moved)
            }
            Err(error) => Err(error),
        }
    }

    /// Sees to it that there is never a thing under an id; `false` when there is one.
    pub(crate) async fn forbid(&self, id: &str) -> Result<bool, StoreError> {
        let body = encode(&self.gone())?;
        match self.documents.create(C::COLLECTION, id, body).await {
            Ok(_) => Ok(true),
            Err(StoreError::Exists) => Ok(self.get(id).await?.is_none()),
            Err(error) => Err(error),
        }
    }

    /// Sees to it that no save of a thing which began before this call comes through, unless it is
    /// to be left alone; `false` when it is.
    async fn pass_unless(
        &self,
        id: &str,
        is_left: impl Fn(&Record<C>) -> bool,
    ) -> Result<bool, StoreError> {
        loop {
            let written = match self.documents.get(C::COLLECTION, id).await? {
                None => {
                    let body = encode(&self.gone())?;
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
                Err(StoreError::Exists | StoreError::Moved) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Sees to it that a save from revision `from` that sets `updated_at`, in milliseconds since
    /// 1970, does not come through; `false` if it has, or may have. Asked again it answers the same,
    /// unless the thing was changed in between: passing it leaves its `updated_at`.
    pub(crate) async fn pass_at(
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
                Err(StoreError::Moved) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// A thing as it is now, at another revision than it was read at, if that is all that is
    /// different: somebody has passed a save of it that was under way.
    ///
    /// # Errors
    /// [`CatalogueError::Moved`] when somebody has changed it.
    pub(crate) async fn unchanged(&self, base: &Stored<C>) -> Result<Stored<C>, CatalogueError> {
        let current = self.get(&base.id).await?;
        current
            .filter(|current| current.record == base.record)
            .ok_or(CatalogueError::Moved)
    }

    /// Whether a thing has a key. One that was deleted so long ago that it cannot be restored has
    /// none any more.
    fn holds(&self, record: &Record<C>, key: &Key) -> bool {
        self.is_kept(record) && all_keys(record).contains(key)
    }

    /// Whether a thing is there, or may be there again.
    pub(crate) fn is_kept(&self, record: &Record<C>) -> bool {
        record.is_live() || self.is_restorable(record)
    }

    /// Whether a thing is deleted and can be restored now.
    pub(crate) fn is_restorable(&self, record: &Record<C>) -> bool {
        record.is_restorable(unix_milliseconds(self.clock.now()))
    }

    /// What a deleted thing becomes when it is restored; `None` of one that cannot be.
    pub(crate) fn restored(&self, record: &Record<C>, by: &str) -> Option<Record<C>> {
        if !self.is_restorable(record) {
            return None;
        }
        let mut restored = record.clone();
        restored.restore(by, self.clock.as_ref());
        Some(restored)
    }

    fn gone(&self) -> Kept<C> {
        Kept::Gone {
            gone_at: unix_milliseconds(self.clock.now()),
        }
    }
}

#[async_trait]
impl<C: Kind> Owner for Repository<C> {
    async fn has(&self, owner: &str, key: &Key) -> Result<bool, StoreError> {
        let stored = self.get(owner).await?;
        Ok(stored.is_some_and(|stored| self.holds(&stored.record, key)))
    }

    async fn fence(&self, owner: &str, key: &Key) -> Result<bool, StoreError> {
        self.pass_unless(owner, |record| self.holds(record, key))
            .await
    }

    async fn pass(&self, owner: &str) -> Result<(), StoreError> {
        self.pass_unless(owner, |_| false).await.map(drop)
    }
}

fn batch<C: Kind>(documents: Vec<Document>) -> Result<Option<Batch<C>>, StoreError> {
    let Some(last) = documents.last().map(|document| document.id.clone()) else {
        return Ok(None);
    };
    let things = documents.into_iter().map(stored);
    let things = things
        .filter_map(Result::transpose)
        .collect::<Result<_, _>>()?;
    Ok(Some(Batch { things, last }))
}

fn stored<C: Kind>(document: Document) -> Result<Option<Stored<C>>, StoreError> {
    match decode::<Kept<C>>(&document)? {
        Kept::Live(record) => Ok(Some(stored_at(&document.id, document.revision, *record))),
        Kept::Gone { .. } => Ok(None),
    }
}

fn stored_at<C>(id: &str, revision: Revision, record: Record<C>) -> Stored<C> {
    Stored {
        id: id.to_owned(),
        revision,
        record,
    }
}

/// The keys that are not among the others.
fn without(keys: &[Key], others: &[Key]) -> Vec<Key> {
    let others: HashSet<_> = others.iter().collect();
    let rest = keys.iter().filter(|key| !others.contains(key));
    rest.cloned().collect()
}
