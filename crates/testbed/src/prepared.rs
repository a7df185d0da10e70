//! Indices of the program that tests reuse one after the other.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use store::elasticsearch::Elasticsearch;

use crate::{
    indices::{TestIndices, client},
    patient,
};

/// Pause of indices between two tests. A test that has ended may have sent writes that the server
/// still carries out, within milliseconds; they must not reach the next test.
const REST: Duration = Duration::from_secs(1);

/// Maximum number of documents that one request deletes. Elasticsearch opens no scroll for so few.
const BATCH: u64 = 1_000;

/// Number of rounds of deletions. Indices that are not empty then are removed.
const ROUNDS: usize = 5;

/// Indices without a test, the longest unused first.
static RESTING: Mutex<VecDeque<(Instant, IndexSet)>> = Mutex::new(VecDeque::new());

/// An index for every collection of the program, and one for its search.
#[derive(Debug)]
struct IndexSet {
    indices: TestIndices,
    /// The aliases of each index at its creation.
    layout: Value,
}

/// Empty indices for one test; returned when this is dropped.
#[derive(Debug)]
pub(crate) struct PreparedIndices(Option<IndexSet>);

impl PreparedIndices {
    /// Takes unused indices and empties them, or creates new ones.
    pub(crate) async fn take(url: &str) -> Self {
        while let Some(set) = rested() {
            if set.restore().await {
                return Self(Some(set));
            }
        }
        Self(Some(IndexSet::new(url).await))
    }

    pub(crate) fn indices(&self) -> &TestIndices {
        &self.0.as_ref().unwrap().indices
    }
}

/// Returns the indices, or removes them if the test of this thread has failed.
impl Drop for PreparedIndices {
    fn drop(&mut self) {
        let Some(set) = self.0.take() else { return };
        if !thread::panicking() {
            resting().push_back((Instant::now(), set));
        }
    }
}

fn rested() -> Option<IndexSet> {
    let mut resting = resting();
    let (since, _) = resting.front()?;
    if since.elapsed() < REST {
        return None;
    }
    resting.pop_front().map(|(_, set)| set)
}

fn resting() -> MutexGuard<'static, VecDeque<(Instant, IndexSet)>> {
    RESTING.lock().unwrap_or_else(PoisonError::into_inner)
}

impl IndexSet {
    async fn new(url: &str) -> Self {
        let indices = TestIndices::fresh(url);
        let store = Elasticsearch::connect(patient(&indices), &domain::collections()).await;
        store.unwrap().search().await.unwrap();
        let layout = PreparedServer::of(&indices).aliases().await;
        Self { indices, layout }
    }

    /// Deletes all documents; returns true if the indices are then as they were created.
    async fn restore(&self) -> bool {
        let server = PreparedServer::of(&self.indices);
        // A test may have rebuilt the search index; the next one must not start from that.
        if server.aliases().await != self.layout {
            return false;
        }
        for _ in 0..ROUNDS {
            server.refresh().await;
            let filled = server.filled().await;
            if filled.is_empty() || server.delete_documents(&filled).await {
                return server.aliases().await == self.layout;
            }
        }
        false
    }
}

/// A client of the server for indices whose names begin with a prefix.
struct PreparedServer<'a> {
    client: Client,
    indices: &'a TestIndices,
}

impl<'a> PreparedServer<'a> {
    fn of(indices: &'a TestIndices) -> Self {
        let client = client().unwrap();
        Self { client, indices }
    }

    async fn aliases(&self) -> Value {
        let request = self.client.get(self.url("_alias"));
        self.send(request).await
    }

    /// Makes all writes visible to queries.
    async fn refresh(&self) {
        let request = self.client.post(self.url("_refresh"));
        self.send(request).await;
    }

    /// The names of the indices that contain documents.
    async fn filled(&self) -> Vec<String> {
        let request = self.client.get(self.url("_stats/docs"));
        let stats = self.send(request).await;
        let indices = stats["indices"].as_object().unwrap().iter();
        let filled = indices.filter(|(_, index)| index["primaries"]["docs"]["count"] != 0);
        filled.map(|(name, _)| name.clone()).collect()
    }

    /// Deletes up to [`BATCH`] documents; returns true if none was left and none changed
    /// meanwhile.
    async fn delete_documents(&self, indices: &[String]) -> bool {
        let (url, names) = (self.indices.url(), indices.join(","));
        let options =
            format!("max_docs={BATCH}&scroll_size={BATCH}&conflicts=proceed&refresh=true");
        let request = self
            .client
            .post(format!("{url}/{names}/_delete_by_query?{options}"))
            .header("Content-Type", "application/json")
            .body(json!({ "query": { "match_all": {} } }).to_string());
        let deleted = self.send(request).await;
        let count = deleted["deleted"].as_u64();
        count.is_some_and(|count| count < BATCH) && deleted["version_conflicts"] == 0
    }

    async fn send(&self, request: RequestBuilder) -> Value {
        let answer = request.send().await.unwrap().error_for_status().unwrap();
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }

    fn url(&self, operation: &str) -> String {
        let (url, prefix) = (self.indices.url(), self.indices.prefix());
        format!("{url}/{prefix}-*/{operation}")
    }
}
