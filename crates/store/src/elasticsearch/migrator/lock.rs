//! The lock that lets one process migrate at a time.
//!
//! The lock is a document. Its holder writes a heartbeat to it; a process that waits for it
//! observes it, and takes it over when there was no write for a while. No two clocks are compared.

use std::{process, sync::Arc, time::Duration};

use domain::migrations::{MigrateError, MigrationObserver, MigrationStep};
use elasticsearch::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    sync::Mutex,
    time::{Instant, sleep},
};

use super::super::indices;
use crate::elasticsearch::{
    client::{
        call::{NodeRequest, NodeResponse},
        cluster::Cluster,
        failure::{ErrorCause, RequestFailure},
    },
    documents::entry::DocumentPosition,
    indices::index_settings,
};

/// Number of heartbeats within the time after which the holder counts as dead.
const BEATS: u32 = 10;

/// The lock while this process holds it.
#[derive(Debug)]
pub(super) struct Lock {
    cluster: Arc<Cluster>,
    path: String,
    holder: String,
    patience: Duration,
    place: Mutex<LockPosition>,
}

#[derive(Debug)]
struct LockPosition {
    position: DocumentPosition,
    beats: u64,
    since: Instant,
}

/// The lock document as it was read.
#[derive(Debug, Deserialize)]
struct FoundLock {
    #[serde(flatten)]
    position: DocumentPosition,
    #[serde(rename = "_source")]
    source: LockDocument,
}

#[derive(Debug, Deserialize)]
struct LockDocument {
    holder: String,
}

/// The holder of the lock, as a waiting process observes it.
#[derive(Debug, Default)]
struct LockWatcher {
    seen: Option<(DocumentPosition, Instant)>,
    reported: String,
}

impl LockWatcher {
    /// Time for which the lock document has not changed.
    fn has_been_still(&mut self, found: &FoundLock) -> Duration {
        let seen = self
            .seen
            .filter(|(position, _)| *position == found.position);
        let (_, since) = *self
            .seen
            .insert(seen.unwrap_or((found.position, Instant::now())));
        since.elapsed()
    }

    /// Reports the holder once.
    async fn report_holder(&mut self, holder: String, watch: &dyn MigrationObserver) {
        if self.reported != holder {
            self.reported.clone_from(&holder);
            watch.step(MigrationStep::Waiting(holder)).await;
        }
    }
}

/// The outcome of a write to the lock document.
enum LockWrite {
    Done(DocumentPosition),
    Conflict,
}

impl Lock {
    /// Acquires the lock; waits while a live process holds it.
    pub(super) async fn take(
        cluster: &Arc<Cluster>,
        patience: Duration,
        watch: &dyn MigrationObserver,
    ) -> Result<Self, MigrateError> {
        let path = format!("/{}-migration-lock", cluster.settings.prefix);
        make(cluster, &path).await?;
        let holder = format!("process {} ({:08x})", process::id(), rand::random::<u32>());
        let mut observer = LockWatcher::default();
        loop {
            let over = match read(cluster, &path).await? {
                None => None,
                // The response to the write that acquired it was lost.
                Some(found) if found.source.holder == holder => Some(found.position),
                Some(found) if observer.has_been_still(&found) >= patience => Some(found.position),
                Some(found) => {
                    observer.report_holder(found.source.holder, watch).await;
                    sleep(patience / BEATS).await;
                    continue;
                }
            };
            match write(cluster, &path, over, &body(&holder, 0)).await {
                Ok(LockWrite::Done(position)) => {
                    let place = Mutex::new(LockPosition {
                        position,
                        beats: 0,
                        since: Instant::now(),
                    });
                    return Ok(Self {
                        cluster: cluster.clone(),
                        path,
                        holder,
                        patience,
                        place,
                    });
                }
                // Another process was faster, or the write of this one succeeded.
                Ok(LockWrite::Conflict) | Err(RequestFailure::NoAnswer(_)) => {}
                Err(failure) => return Err(failure.into()),
            }
        }
    }

    /// Writes heartbeats; returns when the lock is lost.
    pub(super) async fn keep_alive(&self) -> MigrateError {
        loop {
            sleep(self.patience / BEATS).await;
            if let Err(lost @ MigrateError::Overtaken) = self.heartbeat().await {
                return lost;
            }
        }
    }

    /// Writes a heartbeat.
    ///
    /// # Errors
    /// [`MigrateError::Overtaken`] if another process has the lock, or could have it by now.
    pub(super) async fn heartbeat(&self) -> Result<(), MigrateError> {
        let mut place = self.place.lock().await;
        let (began, beats) = (Instant::now(), place.beats + 1);
        let body = body(&self.holder, beats);
        let mut written = write(&self.cluster, &self.path, Some(place.position), &body).await;
        // A write whose response was lost has changed the position.
        if !matches!(written, Ok(LockWrite::Done(_)))
            && let Ok(Some(found)) = read(&self.cluster, &self.path).await
        {
            if found.source.holder != self.holder {
                return Err(MigrateError::Overtaken);
            }
            let over = Some(found.position);
            written = write(&self.cluster, &self.path, over, &body).await;
        }
        match written {
            Ok(LockWrite::Done(position)) => {
                *place = LockPosition {
                    position,
                    beats,
                    since: began,
                };
                Ok(())
            }
            _ if place.since.elapsed() >= self.patience => Err(MigrateError::Overtaken),
            Ok(LockWrite::Conflict) => Err(MigrateError::Overtaken),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Releases the lock for the next process.
    pub(super) async fn release(self) -> Result<(), RequestFailure> {
        let position = self.place.into_inner().position;
        let call = NodeRequest::new(Method::Delete, format!("{}/_doc/lock", self.path));
        let answer = self.cluster.send(&at(call, position).once()).await?;
        answer.require_success()
    }
}

fn body(holder: &str, beats: u64) -> Value {
    json!({ "holder": holder, "beats": beats })
}

fn at(call: NodeRequest, position: DocumentPosition) -> NodeRequest {
    call.query("if_seq_no", position.seq_no)
        .query("if_primary_term", position.primary_term)
}

/// Creates the index of the lock. It is never removed, so that no write creates one with a dynamic
/// mapping.
async fn make(cluster: &Arc<Cluster>, path: &str) -> Result<(), RequestFailure> {
    let call = NodeRequest::new(Method::Put, path).json(&json!({
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "holder": { "type": "keyword", "index": false, "doc_values": false },
                "beats": { "type": "long", "index": false, "doc_values": false },
            },
        },
        "settings": index_settings::ours(),
    }));
    let answer = cluster.send(&call).await?;
    if ErrorCause::read(&answer.body).kind != "resource_already_exists_exception" {
        answer.require_success()?;
    }
    // The process that has just created it may not have waited for its shard.
    indices::wait(cluster, &[path.trim_start_matches('/').into()]).await
}

async fn read(cluster: &Arc<Cluster>, path: &str) -> Result<Option<FoundLock>, RequestFailure> {
    let call = NodeRequest::new(Method::Get, format!("{path}/_doc/lock"));
    let answer = cluster.send(&call).await?;
    if answer.status.as_u16() == 404 && ErrorCause::read(&answer.body).kind.is_empty() {
        return Ok(None);
    }
    answer.success().map(Some)
}

/// Replaces the lock document at a position, or creates it.
async fn write(
    cluster: &Arc<Cluster>,
    path: &str,
    over: Option<DocumentPosition>,
    body: &Value,
) -> Result<LockWrite, RequestFailure> {
    let call = match over {
        None => NodeRequest::new(Method::Put, format!("{path}/_create/lock")),
        Some(position) => at(
            NodeRequest::new(Method::Put, format!("{path}/_doc/lock")),
            position,
        ),
    };
    let answer: NodeResponse = cluster.send(&call.json(body).once()).await?;
    if answer.status.as_u16() == 409 {
        return Ok(LockWrite::Conflict);
    }
    answer.success().map(LockWrite::Done)
}
