//! Lists documents by an indexed field: the only operation on documents that is a search.

use std::sync::Arc;

use domain::documents::{FieldQuery, StoreError};
use elasticsearch::http::Method;
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};

use super::{
    entry::{DocumentPosition, StoredDocument, decode},
    response_budget::MOST_BYTES,
};
use crate::elasticsearch::client::{
    call::{NodeRequest, milliseconds, unreadable},
    cluster::Cluster,
    failure::RequestFailure,
};

/// Maximum number of documents in one response (`index.max_result_window`).
const PAGE: usize = 10_000;

/// The query for documents whose field has a value.
pub(crate) fn equals(listing: &FieldQuery<'_>) -> Value {
    let field = format!("listed.{}", listing.field);
    json!({ "constant_score": { "filter": { "term": { field: listing.value } } } })
}

/// The query for all documents.
pub(crate) fn all() -> Value {
    json!({ "match_all": {} })
}

/// The documents that match a query, by ascending id, as of the last refresh. None has more than
/// `largest` bytes.
///
/// Each request has its own deadline: a list of large documents takes many requests, and a rebuild
/// that reads a whole collection must not start again because one node is slow.
pub(crate) async fn list(
    cluster: &Arc<Cluster>,
    index: &str,
    largest: usize,
    query: &Value,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<StoredDocument>, StoreError> {
    let mut entries: Vec<StoredDocument> = Vec::new();
    let mut after = after.map(str::to_owned);
    while entries.len() < limit {
        let share = (MOST_BYTES / largest).clamp(1, PAGE);
        let size = (limit - entries.len()).min(share);
        let page = async {
            // A long list of small documents is as large as a short one of large documents.
            let bytes = size * largest;
            let _permit = cluster.permit_answer(bytes, bytes).await?;
            page(cluster, index, query, after.as_deref(), size).await
        };
        let page = cluster.in_time(page).await?;
        let is_last = page.len() < size;
        entries.extend(page);
        if is_last {
            break;
        }
        after = entries.last().map(|last| last.document.id.clone());
    }
    Ok(entries)
}

async fn page(
    cluster: &Arc<Cluster>,
    index: &str,
    query: &Value,
    after: Option<&str>,
    size: usize,
) -> Result<Vec<StoredDocument>, StoreError> {
    let mut body = json!({
        "query": query,
        "sort": [{ "id": "asc" }],
        "size": size,
        "track_total_hits": false,
        "seq_no_primary_term": true,
        "timeout": milliseconds(cluster.patience()),
    });
    if let Some(after) = after {
        body["search_after"] = Value::from(vec![after]);
    }
    // Without this, a list with missing shards would look complete.
    let call = NodeRequest::new(Method::Post, format!("/{index}/_search"))
        .query("allow_partial_search_results", false)
        .json(&body);
    let answer = cluster.send(&call).await?;
    answer.require_success()?;
    let found: ListResponse<'_> = serde_json::from_slice(&answer.body).map_err(unreadable)?;
    if found.timed_out {
        return Err(RequestFailure::NoAnswer("a list took too long".to_owned()).into());
    }
    found.hits.hits.into_iter().map(entry).collect()
}

fn entry(hit: ListHit<'_>) -> Result<StoredDocument, StoreError> {
    let position = DocumentPosition {
        seq_no: hit.seq_no,
        primary_term: hit.primary_term,
    };
    decode(hit.source, position)
}

#[derive(Debug, Deserialize)]
struct ListResponse<'a> {
    timed_out: bool,
    #[serde(borrow)]
    hits: ListHits<'a>,
}

#[derive(Debug, Deserialize)]
struct ListHits<'a> {
    #[serde(borrow)]
    hits: Vec<ListHit<'a>>,
}

#[derive(Debug, Deserialize)]
struct ListHit<'a> {
    #[serde(rename = "_seq_no")]
    seq_no: u64,
    #[serde(rename = "_primary_term")]
    primary_term: u64,
    #[serde(rename = "_source", borrow)]
    source: &'a RawValue,
}
