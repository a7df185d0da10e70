//! Copies a collection into another index, applying the changes to each document.
//!
//! A copy belongs to one attempt: that of another attempt is discarded, because one of its
//! requests that is still in flight could bring back a document that was removed meanwhile.

use std::{sync::Arc, time::Duration};

use domain::{
    documents::{Collection, StoreError},
    migrations::{AssignedIds, MigrateError, MigrationObserver, MigrationStep, Task},
};
use elasticsearch::http::Method;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::{
    super::indices::{self, Creation},
    cleanup::UNFINISHED,
    sources::{self, ClosedIndex},
};
use crate::elasticsearch::{
    client::{
        call::{NodeRequest, unreadable},
        cluster::Cluster,
        failure::RequestFailure,
    },
    documents::{
        batcher::Batchable,
        collection_index::ENVELOPE_BYTES,
        entry::{self, StoredDocument},
        lists,
        writes::{self, DocumentWrite, DocumentWriteOutcome, WriteChange},
    },
    indices::mapping,
};

/// Maximum number of documents in memory.
const PAGE: usize = 500;
/// Maximum size of one bulk request in bytes, unless a single document has more.
const BYTES: usize = 900_000;
/// Maximum number of rounds for writes that the cluster was too busy for.
const ROUNDS: u32 = 20;
/// Pause before each such round.
const REST: Duration = Duration::from_millis(250);
/// Number of documents, spread over the collection, that are read back and compared.
const SAMPLES: usize = 200;

/// An index that is being filled. Requests address it by its own alias, so that a request to a
/// discarded index does not create a new one.
#[derive(Debug)]
pub(super) struct CopyTarget {
    pub(super) index: String,
    pub(super) alias: String,
}

/// Creates an empty index for a collection at data version `version`.
pub(super) async fn make(
    cluster: &Arc<Cluster>,
    collection: &'static Collection,
    source: Option<&ClosedIndex>,
    version: u32,
) -> Result<CopyTarget, MigrateError> {
    let (prefix, name) = (&cluster.settings.prefix, collection.name);
    let index = format!("{prefix}-{name}-{version}-{:08x}", rand::random::<u32>());
    let alias = format!("{index}{UNFINISHED}");
    let mapping = match source {
        Some(source) => mapping::from(collection, &source.index, &source.uuid),
        None => mapping::of(collection),
    };
    let made = indices::create(cluster, &index, &alias, mapping).await;
    made.map_err(|creation| match creation {
        Creation::Foreign => MigrateError::Refused(format!("`{index}` is there already")),
        Creation::Failed(failure) => failure.into(),
    })?;
    indices::wait(cluster, &[alias.as_str().into()]).await?;
    Ok(CopyTarget { index, alias })
}

/// Fills the index from one that is closed to writes, and compares the two.
///
/// # Errors
/// [`StoreError::Unavailable`] if the outcome of a write is unknown; the copy is then useless.
pub(super) async fn fill(
    cluster: &Arc<Cluster>,
    target: &CopyTarget,
    task: &Task,
    collection: &'static Collection,
    source: &ClosedIndex,
    watch: &dyn MigrationObserver,
) -> Result<(), MigrateError> {
    let of = sources::count(cluster, &source.index).await?;
    let largest = collection.max_body_bytes + ENVELOPE_BYTES;
    let (mut done, mut after, mut samples) = (0_u64, None, Vec::new());
    let mut given = AssignedIds::default();
    loop {
        // The index is closed to writes, so consecutive pages are consistent.
        let (index, all) = (&source.index, lists::all());
        let page = lists::list(cluster, index, largest, &all, after.as_deref(), PAGE).await?;
        let Some(last) = page.last() else {
            break;
        };
        after = Some(last.document.id.clone());
        let mut writes = Vec::with_capacity(page.len());
        for entry in page {
            writes.push(rewritten(task, collection, entry, &mut given)?);
        }
        done += u64::try_from(writes.len()).unwrap_or_default();
        samples.extend(writes.first().filter(|_| samples.len() < SAMPLES).cloned());
        write(cluster, target, collection, writes).await?;
        watch
            .step(MigrationStep::Rewritten(collection.name, done, of))
            .await;
    }
    compare(cluster, target, collection, done.max(of), &samples).await?;
    watch.step(MigrationStep::Checked(collection.name)).await;
    Ok(())
}

/// The creation of the migrated document, at its revision and with its token.
fn rewritten(
    task: &Task,
    collection: &'static Collection,
    entry: StoredDocument,
    given: &mut AssignedIds,
) -> Result<DocumentWrite, MigrateError> {
    let new = task.rewrite(entry.document, given)?;
    let bytes = entry::encode(collection, &new.id, new.revision, &entry.write, &new.body)?;
    Ok(DocumentWrite {
        id: new.id,
        change: WriteChange::Create(bytes.into()),
    })
}

async fn write(
    cluster: &Arc<Cluster>,
    target: &CopyTarget,
    collection: &'static Collection,
    mut writes: Vec<DocumentWrite>,
) -> Result<(), MigrateError> {
    let mut rounds = 0;
    while !writes.is_empty() {
        let rest = writes.split_off(share(&writes));
        let sent = writes::ask(cluster, &target.alias, &writes).await;
        let mut again = Vec::new();
        match sent {
            // The cluster has not carried out any of it.
            Err(RequestFailure::Busy(_) | RequestFailure::NotSent(_)) if rounds < ROUNDS => {
                again = writes
            }
            Err(failure) => return Err(failure.into()),
            Ok(replies) => {
                for (write, reply) in writes.into_iter().zip(replies) {
                    match reply {
                        Ok(DocumentWriteOutcome::Done(_)) => {}
                        Ok(DocumentWriteOutcome::Conflict) => return Err(twice(collection)),
                        Err(RequestFailure::Busy(_)) if rounds < ROUNDS => again.push(write),
                        Err(failure) => return Err(failure.into()),
                    }
                }
            }
        }
        if !again.is_empty() {
            rounds += 1;
            sleep(REST).await;
        }
        again.extend(rest);
        writes = again;
    }
    Ok(())
}

/// The cluster repeats writes by itself when a primary dies, and refuses its own the second time.
/// Here it is not worth finding out which write it was.
fn twice(collection: &Collection) -> MigrateError {
    let text = format!("a document of `{}` was there already", collection.name);
    StoreError::Unavailable(text).into()
}

/// Number of the first writes that fit into one request.
fn share(writes: &[DocumentWrite]) -> usize {
    let mut bytes = 0;
    let fits = |write: &&DocumentWrite| {
        bytes += write.weight();
        bytes <= BYTES
    };
    writes.iter().take_while(fits).count().max(1)
}

async fn compare(
    cluster: &Arc<Cluster>,
    target: &CopyTarget,
    collection: &'static Collection,
    expected: u64,
    samples: &[DocumentWrite],
) -> Result<(), MigrateError> {
    let broken = |reason: String| MigrateError::Check {
        collection: collection.name,
        reason,
    };
    let found = sources::count(cluster, &target.index).await?;
    if found != expected {
        return Err(broken(format!("it has {found} documents of {expected}")));
    }
    if samples.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = samples.iter().map(|write| write.id.as_str()).collect();
    let call = NodeRequest::new(Method::Post, format!("/{}/_mget", target.alias))
        .query("filter_path", "docs._source")
        .json(&json!({ "ids": ids }));
    let read: Value = cluster.send(&call).await?.success()?;
    for (number, write) in samples.iter().enumerate() {
        let WriteChange::Create(bytes) = &write.change else {
            continue;
        };
        let expected: Value = serde_json::from_slice(bytes).map_err(unreadable)?;
        if read["docs"][number]["_source"] != expected {
            return Err(broken(
                "a document in it is not what it should be".to_owned(),
            ));
        }
    }
    Ok(())
}
