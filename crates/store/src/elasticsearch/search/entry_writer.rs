//! Writes entries: concurrent writes share a bulk request.

use std::sync::Arc;

use domain::{
    documents::StoreError,
    search::{EntityKind, IndexEntry},
};
use elasticsearch::http::Method;
use futures::future::try_join_all;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::{task::yield_now, time::Instant};

use super::{index::SearchAliases, pause};
use crate::elasticsearch::{
    client::{
        backoff::Backoff,
        call::{NodeRequest, milliseconds},
        cluster::Cluster,
        failure::{ErrorCause, RequestFailure},
    },
    documents::batcher::{BatchReplies, Batchable, Batcher},
};

/// Number of entries that share one deadline.
const SHARE: usize = 500;

/// The target of writes.
#[derive(Clone, Debug)]
pub(super) enum WriteTargets {
    /// The live index, and the one being built if there is one.
    LiveAndBuilding(SearchAliases),
    /// The index behind this alias. If the alias does not exist, no index may be created in its
    /// place.
    One(Arc<str>),
}

/// Writes entries into an index.
#[derive(Debug)]
pub(super) struct EntryWriter {
    cluster: Arc<Cluster>,
    targets: WriteTargets,
    gatherer: Batcher<BulkEntry>,
}

impl EntryWriter {
    pub(super) fn start(cluster: &Arc<Cluster>, targets: WriteTargets) -> Self {
        let gatherer = Batcher::start({
            let (cluster, targets) = (cluster.clone(), targets.clone());
            move |lines: Vec<BulkEntry>| {
                let (cluster, targets) = (cluster.clone(), targets.clone());
                async move { ask(&cluster, &targets, &lines).await }
            }
        });
        Self {
            cluster: cluster.clone(),
            targets,
            gatherer,
        }
    }

    /// Writes entries, unless newer versions are stored.
    pub(super) async fn put(&self, entries: Vec<IndexEntry>) -> Result<(), StoreError> {
        for share in entries.chunks(SHARE) {
            let mut lines = Vec::with_capacity(share.len());
            for entry in share {
                lines.push(BulkEntry::new(entry)?);
                // Analysing the longest entry takes a millisecond or two; this lets other tasks
                // run.
                yield_now().await;
            }
            let written = try_join_all(lines.into_iter().map(|line| self.write(line)));
            self.cluster.in_time(written).await?;
        }
        Ok(())
    }

    /// Writes an entry. Writes are idempotent, so one with an unknown outcome is retried.
    async fn write(&self, line: BulkEntry) -> Result<(), StoreError> {
        let deadline = Instant::now() + self.cluster.settings.timeout;
        let mut backoff = Backoff::new();
        loop {
            let failure = match self.gatherer.submit(line.clone()).await {
                Ok(EntryOutcome::Done) => return Ok(()),
                Ok(EntryOutcome::IndexMissing) => self.missing_index_failure()?,
                Err(failure) => failure,
            };
            let may_pass = matches!(
                failure,
                RequestFailure::Busy(_) | RequestFailure::NoAnswer(_)
            );
            if !may_pass || !pause(&mut backoff, deadline).await {
                return Err(failure.into());
            }
        }
    }

    /// The meaning of a missing index: a live one is being replaced at this moment; one being
    /// built was abandoned.
    fn missing_index_failure(&self) -> Result<RequestFailure, StoreError> {
        match self.targets {
            WriteTargets::LiveAndBuilding(_) => {
                Ok(RequestFailure::Busy("there is no search index".to_owned()))
            }
            WriteTargets::One(_) => Err(StoreError::Conflict),
        }
    }
}

/// An encoded entry.
#[derive(Clone, Debug)]
struct BulkEntry {
    id: String,
    version: u64,
    body: Arc<[u8]>,
}

#[derive(Serialize)]
struct Outgoing<'a> {
    id: &'a str,
    kind: &'static str,
    artist: &'a str,
    is_public: bool,
    is_gone: bool,
    slug: &'a str,
    name: Vec<String>,
    brand: Vec<String>,
    text: Vec<String>,
    loose_name: Vec<String>,
    loose_brand: Vec<String>,
    loose_text: Vec<String>,
    name_key: String,
    created_at: i64,
    updated_at: i64,
    shops: &'a [String],
    products: &'a [String],
}

impl BulkEntry {
    fn new(entry: &IndexEntry) -> Result<Self, StoreError> {
        let tokens = entry.tokens();
        let body = serde_json::to_vec(&Outgoing {
            id: &entry.id,
            kind: EntityKind::name(entry.kind),
            artist: &entry.artist,
            is_public: entry.is_public,
            is_gone: entry.is_tombstone,
            slug: &entry.slug,
            name: tokens.name,
            brand: tokens.brand,
            text: tokens.text,
            loose_name: tokens.loose_name,
            loose_brand: tokens.loose_brand,
            loose_text: tokens.loose_text,
            name_key: tokens.name_key,
            created_at: entry.created_at,
            updated_at: entry.updated_at,
            shops: &entry.retailer_keys,
            products: &entry.products,
        });
        Ok(Self {
            id: entry.id.clone(),
            version: entry.version,
            body: body
                .map_err(|error| StoreError::Damaged(error.to_string()))?
                .into(),
        })
    }

    /// Appends the lines of a bulk request. Elasticsearch compares the version. It keeps that of a
    /// tombstone for ever, because a tombstone is a document and not a removal.
    fn write_to(&self, target: &str, lines: &mut Vec<u8>) {
        let action = json!({ "index": {
            "_index": target,
            "_id": self.id,
            "version": self.version,
            "version_type": "external_gte",
        } });
        lines.extend_from_slice(action.to_string().as_bytes());
        lines.push(b'\n');
        lines.extend_from_slice(&self.body);
        lines.push(b'\n');
    }
}

impl Batchable for BulkEntry {
    type Reply = EntryOutcome;

    /// The entry is written to at most two indices.
    fn weight(&self) -> usize {
        2 * (self.body.len() + self.id.len() + 128)
    }
}

/// The outcome of writing an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EntryOutcome {
    /// It is written, or a newer version is stored.
    Done,
    /// The index does not exist.
    IndexMissing,
}

async fn ask(
    cluster: &Arc<Cluster>,
    targets: &WriteTargets,
    lines: &[BulkEntry],
) -> BatchReplies<BulkEntry> {
    let names: Vec<&str> = match targets {
        WriteTargets::LiveAndBuilding(names) => vec![&names.live, &names.building],
        WriteTargets::One(alias) => vec![alias],
    };
    let mut body = Vec::new();
    for line in lines {
        names.iter().for_each(|name| line.write_to(name, &mut body));
    }
    // A missing alias must not become an index with a dynamic mapping.
    let call = NodeRequest::new(Method::Post, "/_bulk")
        .query("require_alias", true)
        .query("timeout", milliseconds(cluster.patience()))
        .query("filter_path", "items.*.status,items.*.error")
        .body(body)
        .once();
    let answer: EntryBulkResponse = cluster.send(&call).await?.success()?;
    if answer.items.len() != lines.len() * names.len() {
        return Err(RequestFailure::NoAnswer(
            "an answer has lost lines".to_owned(),
        ));
    }
    Ok(answer.items.chunks(names.len()).map(reply).collect())
}

/// The result for the first target, unless a further target failed.
fn reply(places: &[EntryBulkItem]) -> Result<EntryOutcome, RequestFailure> {
    let mut places = places.iter().map(|item| item.index.outcome());
    let first = places.next().unwrap_or(Ok(EntryOutcome::IndexMissing));
    for other in places {
        other?;
    }
    first
}

#[derive(Debug, Deserialize)]
struct EntryBulkResponse {
    items: Vec<EntryBulkItem>,
}

#[derive(Debug, Deserialize)]
struct EntryBulkItem {
    index: EntryWriteResult,
}

#[derive(Debug, Deserialize)]
struct EntryWriteResult {
    status: u16,
    error: Option<ErrorCause>,
}

impl EntryWriteResult {
    fn outcome(&self) -> Result<EntryOutcome, RequestFailure> {
        let cause = self.error.clone().unwrap_or_default();
        match self.status {
            // 409: a newer version is stored.
            200..=299 | 409 => Ok(EntryOutcome::Done),
            404 if cause.kind == "index_not_found_exception" => Ok(EntryOutcome::IndexMissing),
            status => Err(RequestFailure::of_write(status, &cause)),
        }
    }
}
