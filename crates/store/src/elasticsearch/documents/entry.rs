//! A document as it is stored in an index.

use std::collections::BTreeMap;

use domain::documents::{Collection, Document, Revision, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};

/// The JSON of a document. `listed` repeats the indexed fields of the body; the body itself is
/// stored but not indexed.
#[derive(Debug, Serialize)]
struct OutgoingDocument<'a> {
    id: &'a str,
    revision: u64,
    write: &'a str,
    listed: BTreeMap<&'static str, &'a str>,
    body: &'a Value,
}

#[derive(Debug, Deserialize)]
struct DocumentSource {
    id: String,
    revision: u64,
    write: String,
    body: Value,
}

/// The position of a document, on which Elasticsearch makes a write conditional. A reindex assigns
/// new ones, so positions never leave this adapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct DocumentPosition {
    #[serde(rename = "_seq_no")]
    pub(crate) seq_no: u64,
    #[serde(rename = "_primary_term")]
    pub(crate) primary_term: u64,
}

/// A document as it was read.
#[derive(Clone, Debug)]
pub(crate) struct StoredDocument {
    pub(crate) document: Document,
    pub(crate) position: DocumentPosition,
    /// The token of the write that produced it.
    pub(crate) write: String,
}

/// Encodes a document as the bytes of a request.
pub(crate) fn encode(
    collection: &Collection,
    id: &str,
    revision: Revision,
    write: &str,
    body: &Value,
) -> Result<Vec<u8>, StoreError> {
    let listed = collection
        .indexed
        .iter()
        .filter_map(|&field| Some((field, body.get(field)?.as_str()?)));
    let outgoing = OutgoingDocument {
        id,
        revision: revision.0,
        write,
        listed: listed.collect(),
        body,
    };
    serde_json::to_vec(&outgoing).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// Decodes a response. The error contains nothing of the document.
pub(crate) fn decode(
    source: &RawValue,
    position: DocumentPosition,
) -> Result<StoredDocument, StoreError> {
    let stored: DocumentSource = serde_json::from_str(source.get()).map_err(|error| {
        StoreError::Damaged(format!(
            "a document of the index does not have the shape of one ({:?})",
            error.classify()
        ))
    })?;
    Ok(StoredDocument {
        document: Document {
            id: stored.id,
            revision: Revision(stored.revision),
            body: stored.body,
        },
        position,
        write: stored.write,
    })
}
