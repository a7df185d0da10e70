//! Writes documents: concurrent writes share a bulk request and so one `fsync`.
//!
//! Every write carries its id and its condition. Ids are in the body, because a URL cannot contain
//! all of them (`..` for instance).

use std::{sync::Arc, time::Duration};

use elasticsearch::http::Method;
use serde::Deserialize;
use serde_json::json;

use super::{
    batcher::{BatchReplies, Batchable, Batcher},
    entry::DocumentPosition,
};
use crate::elasticsearch::client::{
    call::{NodeRequest, milliseconds},
    cluster::Cluster,
    failure::{ErrorCause, RequestFailure},
};

/// Time for which the cluster waits for a missing shard. All writes of the request wait as long,
/// so it is short; callers retry.
const ABSENCE: Duration = Duration::from_millis(300);

/// One write.
#[derive(Clone, Debug)]
pub(crate) struct DocumentWrite {
    pub(crate) id: String,
    pub(crate) change: WriteChange,
}

/// The change of a document, and its condition.
#[derive(Clone, Debug)]
pub(crate) enum WriteChange {
    /// Creates a document that must not exist.
    Create(Arc<[u8]>),
    /// Replaces a document that must have this position.
    Replace(DocumentPosition, Arc<[u8]>),
    /// Removes a document that must have this position.
    Remove(DocumentPosition),
}

/// The outcome of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DocumentWriteOutcome {
    /// It is done and durable.
    Done(DocumentPosition),
    /// The condition is not met.
    Conflict,
}

impl Batchable for DocumentWrite {
    type Reply = DocumentWriteOutcome;

    fn weight(&self) -> usize {
        let body = match &self.change {
            WriteChange::Create(body) | WriteChange::Replace(_, body) => body.len(),
            WriteChange::Remove(_) => 0,
        };
        body + self.id.len() + 128
    }
}

impl DocumentWrite {
    /// Appends the lines of a bulk request: the action, and the document if there is one.
    fn write_to(&self, lines: &mut Vec<u8>) {
        let id = &self.id;
        let (action, body) = match &self.change {
            WriteChange::Create(body) => (json!({ "create": { "_id": id } }), Some(body)),
            WriteChange::Replace(at, body) => (
                json!({ "index": { "_id": id,
                    "if_seq_no": at.seq_no, "if_primary_term": at.primary_term } }),
                Some(body),
            ),
            WriteChange::Remove(at) => (
                json!({ "delete": { "_id": id,
                    "if_seq_no": at.seq_no, "if_primary_term": at.primary_term } }),
                None,
            ),
        };
        lines.extend_from_slice(action.to_string().as_bytes());
        lines.push(b'\n');
        if let Some(body) = body {
            lines.extend_from_slice(body);
            lines.push(b'\n');
        }
    }
}

/// Starts the batching of writes.
pub(crate) fn start(cluster: &Arc<Cluster>, index: &Arc<str>) -> Batcher<DocumentWrite> {
    let (cluster, index) = (cluster.clone(), index.clone());
    Batcher::start(move |writes: Vec<DocumentWrite>| {
        let (cluster, index) = (cluster.clone(), index.clone());
        async move { ask(&cluster, &index, &writes).await }
    })
}

/// Sends writes in one request. It is not repeated once it may have arrived: only the caller of
/// each write knows whether a repetition is correct.
pub(crate) async fn ask(
    cluster: &Arc<Cluster>,
    index: &str,
    writes: &[DocumentWrite],
) -> BatchReplies<DocumentWrite> {
    let mut lines = Vec::new();
    writes.iter().for_each(|write| write.write_to(&mut lines));
    // A missing alias must not become an index with a dynamic mapping.
    let call = NodeRequest::new(Method::Post, format!("/{index}/_bulk"))
        .query("require_alias", true)
        .query("timeout", milliseconds(ABSENCE))
        .query(
            "filter_path",
            "items.*.status,items.*.error,items.*._seq_no,items.*._primary_term",
        )
        .body(lines)
        .once();
    let answer: BulkResponse = cluster.send(&call).await?.success()?;
    if answer.items.len() != writes.len() {
        return Err(RequestFailure::NoAnswer(
            "an answer has lost writes".to_owned(),
        ));
    }
    Ok(answer
        .items
        .into_iter()
        .map(|item| item.0.outcome())
        .collect())
}

#[derive(Debug, Deserialize)]
struct BulkResponse {
    items: Vec<BulkItem>,
}

/// An item is an object with one key, the action.
#[derive(Debug)]
struct BulkItem(WriteResponse);

impl<'de> Deserialize<'de> for BulkItem {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum BulkAction {
            Create(WriteResponse),
            Index(WriteResponse),
            Delete(WriteResponse),
        }
        let (BulkAction::Create(result) | BulkAction::Index(result) | BulkAction::Delete(result)) =
            BulkAction::deserialize(deserializer)?;
        Ok(Self(result))
    }
}

#[derive(Debug, Deserialize)]
struct WriteResponse {
    status: u16,
    #[serde(rename = "_seq_no")]
    seq_no: Option<u64>,
    #[serde(rename = "_primary_term")]
    primary_term: Option<u64>,
    error: Option<ErrorCause>,
}

impl WriteResponse {
    fn outcome(self) -> Result<DocumentWriteOutcome, RequestFailure> {
        let cause = self.error.unwrap_or_default();
        match (self.status, self.seq_no, self.primary_term) {
            (200..=299, Some(seq_no), Some(primary_term)) => {
                Ok(DocumentWriteOutcome::Done(DocumentPosition {
                    seq_no,
                    primary_term,
                }))
            }
            (409, ..) => Ok(DocumentWriteOutcome::Conflict),
            // A removal of a missing document; a missing index has an error of its own.
            (404, ..) if cause.kind.is_empty() => Ok(DocumentWriteOutcome::Conflict),
            (status, ..) => Err(RequestFailure::of_write(status, &cause)),
        }
    }
}
