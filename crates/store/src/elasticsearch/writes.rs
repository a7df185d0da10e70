//! Writes documents: concurrent writes share a bulk request and so one `fsync`.
//!
//! Every write carries its id and its condition. Ids are in the body, because a URL cannot contain
//! all of them (`..` for instance).

use std::{sync::Arc, time::Duration};

use elasticsearch::http::Method;
use serde::Deserialize;
use serde_json::json;

use super::{
    call::{Call, milliseconds},
    cluster::Cluster,
    entry::Position,
    failure::{Cause, Failure},
    gather::{Gatherer, Replies, Shared},
};

/// Time for which the cluster waits for a missing shard. All writes of the request wait as long,
/// so it is short; callers retry.
const ABSENCE: Duration = Duration::from_millis(300);

/// One write.
#[derive(Clone, Debug)]
pub(super) struct Write {
    pub(super) id: String,
    pub(super) change: Change,
}

/// The change of a document, and its condition.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// Creates a document that must not exist.
    Create(Arc<[u8]>),
    /// Replaces a document that must have this position.
    Replace(Position, Arc<[u8]>),
    /// Removes a document that must have this position.
    Remove(Position),
}

/// The outcome of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is done and durable.
    Done(Position),
    /// The condition is not met.
    Conflict,
}

impl Shared for Write {
    type Reply = Outcome;

    fn weight(&self) -> usize {
        let body = match &self.change {
            Change::Create(body) | Change::Replace(_, body) => body.len(),
            Change::Remove(_) => 0,
        };
        body + self.id.len() + 128
    }
}

impl Write {
    /// Appends the lines of a bulk request: the action, and the document if there is one.
    fn write_to(&self, lines: &mut Vec<u8>) {
        let id = &self.id;
        let (action, body) = match &self.change {
            Change::Create(body) => (json!({ "create": { "_id": id } }), Some(body)),
            Change::Replace(at, body) => (
                json!({ "index": { "_id": id,
                    "if_seq_no": at.seq_no, "if_primary_term": at.primary_term } }),
                Some(body),
            ),
            Change::Remove(at) => (
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
pub(super) fn start(cluster: &Arc<Cluster>, index: &Arc<str>) -> Gatherer<Write> {
    let (cluster, index) = (cluster.clone(), index.clone());
    Gatherer::start(move |writes: Vec<Write>| {
        let (cluster, index) = (cluster.clone(), index.clone());
        async move { ask(&cluster, &index, &writes).await }
    })
}

/// Sends writes in one request. It is not repeated once it may have arrived: only the caller of
/// each write knows whether a repetition is correct.
pub(super) async fn ask(cluster: &Arc<Cluster>, index: &str, writes: &[Write]) -> Replies<Write> {
    let mut lines = Vec::new();
    writes.iter().for_each(|write| write.write_to(&mut lines));
    // A missing alias must not become an index with a dynamic mapping.
    let call = Call::new(Method::Post, format!("/{index}/_bulk"))
        .query("require_alias", true)
        .query("timeout", milliseconds(ABSENCE))
        .query(
            "filter_path",
            "items.*.status,items.*.error,items.*._seq_no,items.*._primary_term",
        )
        .body(lines)
        .once();
    let answer: Bulk = cluster.send(&call).await?.success()?;
    if answer.items.len() != writes.len() {
        return Err(Failure::NoAnswer("an answer has lost writes".to_owned()));
    }
    Ok(answer
        .items
        .into_iter()
        .map(|item| item.0.outcome())
        .collect())
}

#[derive(Debug, Deserialize)]
struct Bulk {
    items: Vec<Item>,
}

/// An item is an object with one key, the action.
#[derive(Debug)]
struct Item(Written);

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum Action {
            Create(Written),
            Index(Written),
            Delete(Written),
        }
        let (Action::Create(result) | Action::Index(result) | Action::Delete(result)) =
            Action::deserialize(deserializer)?;
        Ok(Self(result))
    }
}

#[derive(Debug, Deserialize)]
struct Written {
    status: u16,
    #[serde(rename = "_seq_no")]
    seq_no: Option<u64>,
    #[serde(rename = "_primary_term")]
    primary_term: Option<u64>,
    error: Option<Cause>,
}

impl Written {
    fn outcome(self) -> Result<Outcome, Failure> {
        let cause = self.error.unwrap_or_default();
        match (self.status, self.seq_no, self.primary_term) {
            (200..=299, Some(seq_no), Some(primary_term)) => Ok(Outcome::Done(Position {
                seq_no,
                primary_term,
            })),
            (409, ..) => Ok(Outcome::Conflict),
            // A removal of a missing document; a missing index has an error of its own.
            (404, ..) if cause.kind.is_empty() => Ok(Outcome::Conflict),
            (status, ..) => Err(Failure::of_write(status, &cause)),
        }
    }
}
