//! The search index on a cluster, for several processes.
//!
//! The live index `PREFIX-search-VERSION-…` is searched through the alias `PREFIX-search`. A
//! rebuild creates another index with the alias `PREFIX-search-building`, which atomically
//! replaces the live one. The alias `PREFIX-search-built` marks a live index that came from a
//! rebuild, or was created when there were no documents.
//!
//! **Why no write is lost.** Every write of every process names both aliases in one request. If
//! the second does not exist, as is usual, the cluster rejects that one line, which costs nothing.
//! A rebuild begins after all nodes have acknowledged its alias. So a write that did not reach its
//! index was sent before that, and the document that it was derived from had been stored before:
//! the rebuild reads it. The swap moves both aliases atomically, so whichever state a node knows,
//! one of the two leads to the new index. No process waits, and no clocks are compared.

mod entry_writer;
mod index;
mod plan;
mod rebuild;
mod response;

use std::{
    fmt,
    sync::{Arc, atomic::Ordering},
};

use async_trait::async_trait;
use domain::{
    documents::{Consistency, StoreError},
    search::{
        EntryLocation, IndexEntry, IndexRebuild, IndexVersion, SearchIndex, SearchQuery,
        SearchResults,
    },
};
use elasticsearch::http::Method;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use self::{
    entry_writer::{EntryWriter, WriteTargets},
    index::{InitialState, SearchAliases},
    rebuild::ElasticsearchRebuild,
};
use super::{
    Elasticsearch,
    client::{
        backoff::Backoff,
        call::{NodeRequest, milliseconds},
        cluster::Cluster,
        connect_error::ConnectError,
        failure::RequestFailure,
    },
    documents::refreshes::{self, IndexRefresh},
};

/// Maximum number of attempts of a search whose index is removed meanwhile.
const ROUNDS: u32 = 4;

impl Elasticsearch {
    /// Opens the search index beside the documents. A missing or outdated index is replaced by an
    /// empty one; it is derived, and rebuilt by the process that finds it not
    /// [built](SearchIndex::is_built). An index that is created when there are no documents is
    /// complete, because no process writes a document before this.
    ///
    /// # Errors
    /// As [`connect`](Self::connect).
    pub async fn search(&self) -> Result<Arc<dyn SearchIndex>, ConnectError> {
        let cluster = self.cluster.clone();
        let names = SearchAliases::new(&cluster.settings.prefix);
        index::prepare(&cluster, &names, self.beginning()).await?;
        let targets = WriteTargets::LiveAndBuilding(names.clone());
        Ok(Arc::new(ElasticsearchSearch {
            lines: EntryWriter::start(&cluster, targets),
            refresh: IndexRefresh::default(),
            cluster,
            names,
        }))
    }

    /// A new index is complete only if the indices of the documents are new too: otherwise
    /// documents may have been written before.
    fn beginning(&self) -> InitialState {
        match self.is_new.swap(false, Ordering::Relaxed) {
            true => InitialState::Complete,
            false => InitialState::Incomplete,
        }
    }
}

/// The search index on a cluster.
struct ElasticsearchSearch {
    cluster: Arc<Cluster>,
    names: SearchAliases,
    lines: EntryWriter,
    refresh: IndexRefresh,
}

impl fmt::Debug for ElasticsearchSearch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ElasticsearchSearch")
            .field("cluster", &self.cluster)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl SearchIndex for ElasticsearchSearch {
    async fn put(&self, entries: Vec<IndexEntry>) -> Result<(), StoreError> {
        self.lines.put(entries).await
    }

    async fn search(&self, query: &SearchQuery) -> Result<SearchResults, StoreError> {
        let answer = self.send(plan::body(query)?, query.consistency).await?;
        response::found(&answer, query)
    }

    async fn locations(&self, query: &SearchQuery) -> Result<Vec<EntryLocation>, StoreError> {
        let body = plan::body_for_locations(query)?;
        response::locations(&self.send(body, query.consistency).await?)
    }

    async fn version(&self) -> Result<IndexVersion, StoreError> {
        let body = plan::body_for_version();
        response::version(&self.send(body, Consistency::MaxAge).await?)
    }

    async fn rebuild(&self) -> Result<Box<dyn IndexRebuild>, StoreError> {
        let begun = ElasticsearchRebuild::begin(&self.cluster, &self.names);
        let building = self.cluster.in_time(begun).await?;
        Ok(Box::new(building))
    }

    async fn is_built(&self) -> Result<bool, StoreError> {
        let asked = index::is_built(&self.cluster, &self.names);
        self.cluster.in_time(asked).await
    }
}

impl ElasticsearchSearch {
    /// Sends a search, after a refresh if it must be current.
    async fn send(&self, mut body: Value, consistency: Consistency) -> Result<Vec<u8>, StoreError> {
        body["timeout"] = milliseconds(self.cluster.patience()).into();
        let call = NodeRequest::new(Method::Post, format!("/{}/_search", self.names.live))
            // Without this, a result with missing shards would look complete.
            .query("allow_partial_search_results", false)
            .json(&body);
        let searched = async {
            if consistency == Consistency::Current {
                self.refresh().await?;
            }
            self.ask(&call).await
        };
        self.cluster.in_time(searched).await
    }

    /// Refreshes the live index and the one being built, which may have replaced it by the time of
    /// the search.
    async fn refresh(&self) -> Result<(), RequestFailure> {
        let path = format!("/{},{}/_refresh", self.names.live, self.names.building);
        let call = NodeRequest::new(Method::Post, path).query("ignore_unavailable", true);
        let refresh = || refreshes::send(&self.cluster, &call);
        self.refresh.run(refresh).await
    }

    /// Sends a search. It is retried if the index is missing, because it is being replaced at that
    /// moment.
    async fn ask(&self, call: &NodeRequest) -> Result<Vec<u8>, RequestFailure> {
        let mut backoff = Backoff::new();
        let mut round = 1;
        loop {
            let answer = self.cluster.send(call).await?;
            if answer.status.as_u16() != 404 || round == ROUNDS {
                answer.require_success()?;
                return Ok(answer.body);
            }
            round += 1;
            sleep(backoff.next()).await;
        }
    }
}

/// Waits before a retry; `false` if the deadline does not allow it.
async fn pause(backoff: &mut Backoff, deadline: Instant) -> bool {
    let wait = backoff.next();
    if Instant::now() + wait >= deadline {
        return false;
    }
    sleep(wait).await;
    true
}
