//! The implementation of the port `Documents` on a cluster.

pub(super) mod batcher;
pub(super) mod collection_index;
pub(super) mod entry;
pub(super) mod lists;
pub(super) mod positions;
pub(super) mod reads;
pub(super) mod refreshes;
pub(super) mod response_budget;
pub(super) mod writes;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::documents::{
    CacheValidity, Collection, Consistency, Document, Documents, FieldQuery, Revision, StoreError,
};
use futures::future::try_join_all;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use self::{
    collection_index::CollectionIndex,
    entry::{DocumentPosition, StoredDocument},
    reads::DocumentRead,
    writes::{DocumentWrite, DocumentWriteOutcome, WriteChange},
};
use super::{
    Elasticsearch,
    client::{backoff::Backoff, failure::RequestFailure},
};

/// Maximum age of a cached read. Two such reads in a row, of the session and of its account, still
/// end within the second in which a logout in another process must take effect.
const AGE: Duration = Duration::from_millis(700);
/// Maximum number of attempts to settle a write whose response was lost.
const ROUNDS: u32 = 3;

#[async_trait]
impl Documents for Elasticsearch {
    fn cache_validity(&self) -> CacheValidity {
        CacheValidity::Shared(AGE)
    }

    async fn get(
        &self,
        collection: &'static Collection,
        id: &str,
    ) -> Result<Option<Document>, StoreError> {
        let collection_index = self.collection_index(collection)?;
        let entry = self
            .cluster
            .in_time(self.read(collection_index, id))
            .await?;
        Ok(entry.map(|entry| entry.document))
    }

    async fn get_many(
        &self,
        collection: &'static Collection,
        ids: &[&str],
    ) -> Result<Vec<Option<Document>>, StoreError> {
        let collection_index = self.collection_index(collection)?;
        let mut documents = Vec::with_capacity(ids.len());
        for share in ids.chunks(response_budget::most_at_once(collection_index.largest)) {
            let reads = try_join_all(share.iter().map(|id| self.read(collection_index, id)));
            let entries = self.cluster.in_time(reads).await?;
            documents.extend(
                entries
                    .into_iter()
                    .map(|entry| entry.map(|entry| entry.document)),
            );
        }
        Ok(documents)
    }

    async fn create(
        &self,
        collection: &'static Collection,
        id: &str,
        body: Value,
    ) -> Result<Revision, StoreError> {
        let collection_index = self.collection_index(collection)?;
        let token = token();
        let bytes = entry::encode(collection, id, Revision::FIRST, &token, &body)?;
        self.cluster
            .in_time(self.create_at(collection_index, id, &token, bytes.into()))
            .await
    }

    async fn replace(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
        body: Value,
    ) -> Result<Revision, StoreError> {
        let collection_index = self.collection_index(collection)?;
        let token = token();
        let Some(next) = from.0.checked_add(1).map(Revision) else {
            return Err(StoreError::Conflict);
        };
        let bytes = entry::encode(collection, id, next, &token, &body)?;
        self.cluster
            .in_time(self.replace_at(collection_index, id, from, &token, bytes.into()))
            .await
    }

    async fn remove(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
    ) -> Result<(), StoreError> {
        let collection_index = self.collection_index(collection)?;
        self.cluster
            .in_time(self.remove_at(collection_index, id, from))
            .await
    }

    async fn list(
        &self,
        collection: &'static Collection,
        listing: FieldQuery<'_>,
    ) -> Result<Vec<Document>, StoreError> {
        let collection_index = self.collection_index(collection)?;
        if !collection.indexed.contains(&listing.field) {
            return Err(StoreError::Unavailable(format!(
                "`{}` is not listed by `{}`",
                collection.name, listing.field
            )));
        }
        if listing.consistency == Consistency::Current {
            self.refresh(collection_index).await?;
        }
        let (query, after) = (lists::equals(&listing), listing.after);
        let (index, largest) = (&collection_index.index, collection_index.largest);
        let limit = listing.limit;
        let entries = lists::list(&self.cluster, index, largest, &query, after, limit).await?;
        for entry in &entries {
            self.remember(collection_index, entry);
        }
        Ok(entries.into_iter().map(|entry| entry.document).collect())
    }

    async fn scan(
        &self,
        collection: &'static Collection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Document>, StoreError> {
        let collection_index = self.collection_index(collection)?;
        self.refresh(collection_index).await?;
        let (index, largest, all) = (
            &collection_index.index,
            collection_index.largest,
            lists::all(),
        );
        let entries = lists::list(&self.cluster, index, largest, &all, after, limit).await?;
        Ok(entries.into_iter().map(|entry| entry.document).collect())
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let indices = self
            .indices
            .values()
            .map(|collection_index| &collection_index.index);
        self.cluster
            .in_time(self.readiness.ask(&self.cluster, indices))
            .await
    }
}

impl Elasticsearch {
    /// A creation that was sent and not answered is never sent again: the first request could
    /// arrive after the document was created by the second and removed, and would bring it back.
    async fn create_at(
        &self,
        collection_index: &CollectionIndex,
        id: &str,
        token: &str,
        bytes: Arc<[u8]>,
    ) -> Result<Revision, StoreError> {
        let refused = match self
            .write(collection_index, id, WriteChange::Create(bytes))
            .await
        {
            Ok(DocumentWriteOutcome::Done(position)) => {
                let first = Revision::FIRST;
                self.positions
                    .remember(&collection_index.index, id, first, position);
                return Ok(first);
            }
            Ok(DocumentWriteOutcome::Conflict) => StoreError::Exists,
            Err(failure @ RequestFailure::NoAnswer(_)) => failure.into(),
            Err(failure) => return Err(failure.into()),
        };
        // The cluster repeats writes by itself, and refuses its own the second time.
        if self.is_ours(collection_index, id, token).await? {
            return Ok(Revision::FIRST);
        }
        Err(refused)
    }

    /// A replacement names the position that it replaces, which no other write ever has again. So
    /// it can be sent repeatedly and takes effect once.
    async fn replace_at(
        &self,
        collection_index: &CollectionIndex,
        id: &str,
        from: Revision,
        token: &str,
        bytes: Arc<[u8]>,
    ) -> Result<Revision, StoreError> {
        let next = from.next();
        let Some(mut position) = self.locate(collection_index, id, from).await? else {
            return Err(StoreError::Conflict);
        };
        let mut last = StoreError::Conflict;
        for _ in 0..ROUNDS {
            let change = WriteChange::Replace(position, bytes.clone());
            match self.write(collection_index, id, change).await {
                Ok(DocumentWriteOutcome::Done(position)) => {
                    self.positions
                        .remember(&collection_index.index, id, next, position);
                    return Ok(next);
                }
                Ok(DocumentWriteOutcome::Conflict) => {
                    match self.read(collection_index, id).await? {
                        Some(entry) if entry.write == token => return Ok(next),
                        // The document was removed and created again, or is in another index now.
                        Some(entry) if entry.document.revision == from => position = entry.position,
                        _ => return Err(StoreError::Conflict),
                    }
                }
                Err(failure @ RequestFailure::NoAnswer(_)) => last = failure.into(),
                Err(failure) => return Err(failure.into()),
            }
        }
        Err(last)
    }

    async fn remove_at(
        &self,
        collection_index: &CollectionIndex,
        id: &str,
        from: Revision,
    ) -> Result<(), StoreError> {
        let Some(mut position) = self.locate(collection_index, id, from).await? else {
            return Err(StoreError::Conflict);
        };
        let mut last = StoreError::Conflict;
        for _ in 0..ROUNDS {
            match self
                .write(collection_index, id, WriteChange::Remove(position))
                .await
            {
                Ok(DocumentWriteOutcome::Done(_)) => return Ok(()),
                Ok(DocumentWriteOutcome::Conflict) => {
                    match self.read(collection_index, id).await? {
                        Some(entry) if entry.document.revision == from => position = entry.position,
                        // A removed document does not say which request has removed it.
                        _ => return Err(StoreError::Conflict),
                    }
                }
                Err(failure @ RequestFailure::NoAnswer(_)) => last = failure.into(),
                Err(failure) => return Err(failure.into()),
            }
        }
        Err(last)
    }

    /// Refreshes an index, so that lists show every write acknowledged before.
    async fn refresh(&self, collection_index: &CollectionIndex) -> Result<(), StoreError> {
        let refreshed = self
            .refreshes
            .refresh(&self.cluster, &collection_index.index);
        self.cluster.in_time(refreshed).await
    }

    async fn read(
        &self,
        collection_index: &CollectionIndex,
        id: &str,
    ) -> Result<Option<StoredDocument>, StoreError> {
        // Elasticsearch rejects an empty id, and with it every read in the same request.
        if id.is_empty() {
            return Ok(None);
        }
        let read = DocumentRead {
            id: id.to_owned(),
            largest: collection_index.largest,
        };
        let entry = self
            .while_busy(|| collection_index.reads.submit(read.clone()))
            .await??;
        match &entry {
            Some(entry) => self.remember(collection_index, entry),
            None => self.positions.forget(&collection_index.index, id),
        }
        Ok(entry)
    }

    async fn write(
        &self,
        collection_index: &CollectionIndex,
        id: &str,
        change: WriteChange,
    ) -> Result<DocumentWriteOutcome, RequestFailure> {
        let id = id.to_owned();
        let write = DocumentWrite { id, change };
        self.while_busy(|| collection_index.writes.submit(write.clone()))
            .await
    }

    /// The position of a document at revision `at`; `None` if it is at another revision.
    async fn locate(
        &self,
        collection_index: &CollectionIndex,
        id: &str,
        at: Revision,
    ) -> Result<Option<DocumentPosition>, StoreError> {
        if let Some(position) = self.positions.of(&collection_index.index, id, at) {
            return Ok(Some(position));
        }
        let entry = self.read(collection_index, id).await?;
        let entry = entry.filter(|entry| entry.document.revision == at);
        Ok(entry.map(|entry| entry.position))
    }

    /// True if the stored document was written with this token.
    async fn is_ours(
        &self,
        collection_index: &CollectionIndex,
        id: &str,
        token: &str,
    ) -> Result<bool, StoreError> {
        let entry = self.read(collection_index, id).await?;
        Ok(entry.is_some_and(|entry| entry.write == token))
    }

    fn remember(&self, collection_index: &CollectionIndex, entry: &StoredDocument) {
        let (id, at) = (&entry.document.id, entry.document.revision);
        self.positions
            .remember(&collection_index.index, id, at, entry.position);
    }

    /// Retries while the cluster is busy, which means that nothing was carried out: a shard takes
    /// up to a second to move to another node.
    async fn while_busy<T, F>(&self, attempt: impl Fn() -> F) -> Result<T, RequestFailure>
    where
        F: Future<Output = Result<T, RequestFailure>>,
    {
        let deadline = Instant::now() + self.cluster.settings.attempt();
        let mut backoff = Backoff::new();
        loop {
            let outcome = attempt().await;
            let wait = backoff.next();
            if !matches!(outcome, Err(RequestFailure::Busy(_))) || Instant::now() + wait >= deadline
            {
                return outcome;
            }
            sleep(wait).await;
        }
    }
}

/// A random token that identifies a write.
fn token() -> String {
    format!("{:032x}", rand::random::<u128>())
}
