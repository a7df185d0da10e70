//! Reading documents by id: what waits is read in one request.

use std::sync::Arc;

use domain::documents::StoreError;
use elasticsearch::http::Method;
use serde::Deserialize;
use serde_json::{json, value::RawValue};

use super::{
    call::{Call, unreadable},
    cluster::Cluster,
    entry::{Entry, Position, decode},
    failure::{Cause, Failure},
    gather::{Gatherer, Replies, Shared},
};

/// The reading of one document.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) id: String,
}

impl Shared for Read {
    type Reply = Result<Option<Entry>, StoreError>;

    /// The document will be larger than its id, but is not known yet.
    fn weight(&self) -> usize {
        self.id.len()
    }
}

/// Reads that are real-time: they see every write that was acknowledged, refreshed or not.
pub(super) fn start(cluster: &Arc<Cluster>, index: &Arc<str>) -> Gatherer<Read> {
    let (cluster, index) = (cluster.clone(), index.clone());
    Gatherer::start(move |reads: Vec<Read>| {
        let (cluster, index) = (cluster.clone(), index.clone());
        async move { ask(&cluster, &index, &reads).await }
    })
}

type Reply = Result<Result<Option<Entry>, StoreError>, Failure>;

async fn ask(cluster: &Arc<Cluster>, index: &str, reads: &[Read]) -> Replies<Read> {
    let ids: Vec<&str> = reads.iter().map(|read| read.id.as_str()).collect();
    let call = Call::new(Method::Post, format!("/{index}/_mget")).json(&json!({ "ids": ids }));
    let answer = cluster.send(&call).await?;
    answer.require_success()?;
    let found: Found<'_> = serde_json::from_slice(&answer.body).map_err(unreadable)?;
    if found.docs.len() != reads.len() {
        return Err(Failure::NoAnswer("an answer has lost documents".to_owned()));
    }
    Ok(found.docs.into_iter().map(reply).collect())
}

/// A document that is not there and an index that is not there are two things.
fn reply(doc: Doc<'_>) -> Reply {
    if let Some(cause) = doc.error {
        return Err(Failure::of_read(&cause));
    }
    match (doc.found, doc.source, doc.seq_no, doc.primary_term) {
        (Some(false), ..) => Ok(Ok(None)),
        (Some(true), Some(source), Some(seq_no), Some(primary_term)) => {
            let position = Position {
                seq_no,
                primary_term,
            };
            Ok(decode(source, position).map(Some))
        }
        _ => Err(Failure::NoAnswer(
            "a document came without its position".to_owned(),
        )),
    }
}

#[derive(Debug, Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    docs: Vec<Doc<'a>>,
}

#[derive(Debug, Deserialize)]
struct Doc<'a> {
    found: Option<bool>,
    #[serde(rename = "_seq_no")]
    seq_no: Option<u64>,
    #[serde(rename = "_primary_term")]
    primary_term: Option<u64>,
    #[serde(rename = "_source", borrow)]
    source: Option<&'a RawValue>,
    error: Option<Cause>,
}
