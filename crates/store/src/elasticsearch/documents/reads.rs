//! Reads documents by id: concurrent reads share a request.
//!
//! A node builds the whole response in its heap. So the number of documents in a request depends
//! on their maximum size, and the number of such responses in flight is bounded by
//! [`answers`](crate::elasticsearch::documents::response_budget).

use std::sync::Arc;

use domain::documents::StoreError;
use elasticsearch::http::Method;
use serde::Deserialize;
use serde_json::{json, value::RawValue};
use tokio::task::yield_now;

use super::{
    batcher::{BatchReplies, Batchable, Batcher},
    entry::{DocumentPosition, StoredDocument, decode},
    response_budget::MOST_BYTES,
};
use crate::elasticsearch::client::{
    call::{NodeRequest, unreadable},
    cluster::Cluster,
    failure::{ErrorCause, RequestFailure},
};

/// The read of one document.
#[derive(Clone, Debug)]
pub(crate) struct DocumentRead {
    pub(crate) id: String,
    /// Maximum size of the document, in bytes.
    pub(crate) largest: usize,
}

impl Batchable for DocumentRead {
    type Reply = Result<Option<StoredDocument>, StoreError>;

    const MOST_BYTES: usize = MOST_BYTES;

    /// The maximum size, because the size is unknown before the response and exceeds that of the
    /// id.
    fn weight(&self) -> usize {
        self.largest
    }
}

/// Starts the batching of reads. They are real-time: they see every acknowledged write without a
/// refresh.
pub(crate) fn start(cluster: &Arc<Cluster>, index: &Arc<str>) -> Batcher<DocumentRead> {
    let (cluster, index) = (cluster.clone(), index.clone());
    Batcher::start(move |reads: Vec<DocumentRead>| {
        let (cluster, index) = (cluster.clone(), index.clone());
        async move { ask(&cluster, &index, &reads).await }
    })
}

type Reply = Result<Result<Option<StoredDocument>, StoreError>, RequestFailure>;

async fn ask(
    cluster: &Arc<Cluster>,
    index: &str,
    reads: &[DocumentRead],
) -> BatchReplies<DocumentRead> {
    let ids: Vec<&str> = reads.iter().map(|read| read.id.as_str()).collect();
    let call =
        NodeRequest::new(Method::Post, format!("/{index}/_mget")).json(&json!({ "ids": ids }));
    let bytes = reads.iter().map(Batchable::weight).sum();
    let largest = reads.iter().map(|read| read.largest).max();
    let _permit = cluster
        .permit_answer(bytes, largest.unwrap_or_default())
        .await?;
    let answer = cluster.send(&call).await?;
    answer.require_success()?;
    let found: MultiGetResponse<'_> = serde_json::from_slice(&answer.body).map_err(unreadable)?;
    if found.docs.len() != reads.len() {
        return Err(RequestFailure::NoAnswer(
            "an answer has lost documents".to_owned(),
        ));
    }
    let mut replies = Vec::with_capacity(found.docs.len());
    for doc in found.docs {
        replies.push(reply(doc));
        // Decoding a document may take milliseconds, and this thread serves other tasks too.
        yield_now().await;
    }
    Ok(replies)
}

/// Distinguishes a missing document from a missing index.
fn reply(doc: Doc<'_>) -> Reply {
    if let Some(cause) = doc.error {
        return Err(RequestFailure::of_read(&cause));
    }
    match (doc.found, doc.source, doc.seq_no, doc.primary_term) {
        (Some(false), ..) => Ok(Ok(None)),
        (Some(true), Some(source), Some(seq_no), Some(primary_term)) => {
            let position = DocumentPosition {
                seq_no,
                primary_term,
            };
            Ok(decode(source, position).map(Some))
        }
        _ => Err(RequestFailure::NoAnswer(
            "a document came without its position".to_owned(),
        )),
    }
}

#[derive(Debug, Deserialize)]
struct MultiGetResponse<'a> {
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
    error: Option<ErrorCause>,
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use futures::future::join_all;

    use super::*;

    /// Sizes of the requests of a hundred reads, each of at most `largest` bytes.
    async fn shares(largest: usize) -> Vec<usize> {
        let sizes = Arc::<Mutex<Vec<usize>>>::default();
        let gatherer = Batcher::start({
            let sizes = sizes.clone();
            move |reads: Vec<DocumentRead>| {
                sizes.lock().unwrap().push(reads.len());
                async move { Ok(reads.iter().map(|_| Ok(Ok(None))).collect()) }
            }
        });
        let read = |number: usize| DocumentRead {
            id: number.to_string(),
            largest,
        };
        let reads = (0..100).map(|number| gatherer.submit(read(number)));
        for reply in join_all(reads).await {
            assert!(reply.unwrap().unwrap().is_none());
        }
        let sizes = sizes.lock().unwrap();
        sizes.clone()
    }

    #[tokio::test]
    async fn an_answer_has_no_more_documents_than_its_bytes_have_room_for() {
        assert_eq!(shares(MOST_BYTES / 100).await, [100]);
        let large = shares(MOST_BYTES / 12).await;
        assert!(large.iter().all(|count| *count <= 12), "{large:?}");
        assert_eq!(shares(MOST_BYTES + 1).await, [1; 100]);
    }
}
