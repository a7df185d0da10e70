//! The collections of the suite, and helpers of its claims.

use std::sync::Arc;

use domain::documents::{
    Collection, Consistency, Document, Documents, FieldQuery, Revision, StoreError,
};
use serde_json::{Value, json};

pub(crate) type Store = Arc<dyn Documents>;

pub(crate) static TALES: Collection = Collection {
    name: "suite_tales",
    indexed: &["author", "shelf"],
    max_body_bytes: 4 * 1024,
};

pub(crate) static NOTES: Collection = Collection {
    name: "suite_notes",
    indexed: &["author"],
    max_body_bytes: 4 * 1024,
};

pub(crate) fn tale(author: &str) -> Value {
    json!({ "author": author, "title": "The Snow Queen" })
}

pub(crate) fn document(id: &str, revision: u64, body: Value) -> Document {
    Document {
        id: id.to_owned(),
        revision: Revision(revision),
        body,
    }
}

pub(crate) async fn create(store: &Store, id: &str, body: Value) -> Revision {
    store.create(&TALES, id, body).await.unwrap()
}

pub(crate) async fn get(store: &Store, id: &str) -> Option<Document> {
    store.get(&TALES, id).await.unwrap()
}

pub(crate) fn listing<'a>(field: &'a str, value: &'a str) -> FieldQuery<'a> {
    FieldQuery {
        field,
        value,
        after: None,
        limit: 1000,
        consistency: Consistency::Current,
    }
}

pub(crate) async fn list(store: &Store, listing: FieldQuery<'_>) -> Vec<Document> {
    store.list(&TALES, listing).await.unwrap()
}

pub(crate) async fn ids_by(store: &Store, field: &str, value: &str) -> Vec<String> {
    ids(list(store, listing(field, value)).await)
}

pub(crate) fn ids(documents: Vec<Document>) -> Vec<String> {
    documents.into_iter().map(|document| document.id).collect()
}

#[track_caller]
pub(crate) fn assert_exists<T: std::fmt::Debug>(answer: Result<T, StoreError>) {
    assert!(matches!(answer, Err(StoreError::Exists)), "{answer:?}");
}

#[track_caller]
pub(crate) fn assert_moved<T: std::fmt::Debug>(answer: Result<T, StoreError>) {
    assert!(matches!(answer, Err(StoreError::Conflict)), "{answer:?}");
}
