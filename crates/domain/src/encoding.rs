//! Conversion between records and the bodies of documents.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::documents::{Document, StoreError};

/// Encodes a record as the body of a document.
pub(crate) fn encode(value: &impl Serialize) -> Result<Value, StoreError> {
    serde_json::to_value(value).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// Decodes the body of a document. The error contains nothing of the body.
pub(crate) fn decode<T: DeserializeOwned>(document: &Document) -> Result<T, StoreError> {
    T::deserialize(&document.body).map_err(|error| {
        StoreError::Damaged(format!(
            "a document at revision {} does not have the shape of its kind ({:?})",
            document.revision.0,
            error.classify()
        ))
    })
}
