//! The search index in the memory of one process, with tantivy.
//!
//! It ends with the process and is rebuilt from the documents at the next start, which takes less
//! than a second for twenty thousand entries; so no file can be damaged, be of another version, or
//! cost an `fsync`. One thread writes and a few search, as in [`embedded`](crate::embedded): the
//! workers of Tokio only put calls into bounded queues.

mod collector;
mod generation;
mod indexer;
mod memory_directory;
mod plan;
mod row;
mod schema;
mod searchers;
mod snapshot;

use std::{
    fmt, io,
    sync::{Arc, PoisonError, RwLock},
};

use async_trait::async_trait;
use domain::{
    documents::StoreError,
    search::{
        EntryLocation, IndexEntry, IndexRebuild, IndexVersion, SearchIndex, SearchQuery,
        SearchResults,
    },
};

use self::{
    indexer::{Indexer, RebuildTicket},
    searchers::Searchers,
    snapshot::Snapshot,
};

/// The search index of one process. Dropping it ends its threads.
pub struct EmbeddedSearch {
    searchers: Searchers,
    indexer: Arc<Indexer>,
    live: Arc<LiveSnapshot>,
}

/// The snapshot that searches see.
struct LiveSnapshot(RwLock<Arc<Snapshot>>);

impl LiveSnapshot {
    fn get(&self) -> Arc<Snapshot> {
        let live = self.0.read().unwrap_or_else(PoisonError::into_inner);
        live.clone()
    }

    fn set(&self, snapshot: Arc<Snapshot>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
    }
}

impl EmbeddedSearch {
    /// Starts the threads with an empty index.
    ///
    /// # Errors
    /// If a thread cannot be started.
    pub fn start() -> io::Result<Self> {
        let (indexer, live) = Indexer::start()?;
        Ok(Self {
            searchers: Searchers::start()?,
            indexer: Arc::new(indexer),
            live,
        })
    }
}

impl fmt::Debug for EmbeddedSearch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedSearch").finish_non_exhaustive()
    }
}

#[async_trait]
impl SearchIndex for EmbeddedSearch {
    async fn put(&self, entries: Vec<IndexEntry>) -> Result<(), StoreError> {
        self.indexer.put(entries).await
    }

    /// Every search is current here.
    async fn search(&self, query: &SearchQuery) -> Result<SearchResults, StoreError> {
        let (live, query) = (self.live.clone(), query.clone());
        self.searchers.run(move || live.get().search(&query)).await
    }

    async fn locations(&self, query: &SearchQuery) -> Result<Vec<EntryLocation>, StoreError> {
        let (live, query) = (self.live.clone(), query.clone());
        self.searchers
            .run(move || live.get().locations(&query))
            .await
    }

    async fn version(&self) -> Result<IndexVersion, StoreError> {
        Ok(self.live.get().version())
    }

    async fn rebuild(&self) -> Result<Box<dyn IndexRebuild>, StoreError> {
        let indexer = self.indexer.clone();
        let ticket = indexer.begin().await?;
        Ok(Box::new(EmbeddedRebuild { indexer, ticket }))
    }

    async fn is_built(&self) -> Result<bool, StoreError> {
        Ok(self.live.get().is_built())
    }
}

/// A rebuild in progress. The indexer abandons it when its ticket is dropped.
struct EmbeddedRebuild {
    indexer: Arc<Indexer>,
    ticket: RebuildTicket,
}

impl fmt::Debug for EmbeddedRebuild {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedRebuild").finish_non_exhaustive()
    }
}

#[async_trait]
impl IndexRebuild for EmbeddedRebuild {
    async fn put(&self, entries: Vec<IndexEntry>) -> Result<(), StoreError> {
        self.indexer.fill(self.ticket.clone(), entries).await
    }

    async fn finish(self: Box<Self>) -> Result<(), StoreError> {
        self.indexer.finish(self.ticket.clone()).await
    }
}
