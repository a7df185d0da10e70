//! The port to the document store.
//!
//! An operation on one document is atomic, and durable when it is acknowledged; a read by id sees
//! it at once. The port promises nothing else, so the domain is correct on every store that keeps
//! this one promise.

use std::{fmt::Debug, time::Duration};

use async_trait::async_trait;
use serde_json::Value;
use thiserror::Error;

/// A kind of document: its name, and the fields by which its documents can be listed.
#[derive(Debug, PartialEq, Eq)]
pub struct Collection {
    /// The name: lower-case letters and underscores.
    pub name: &'static str,
    /// Names of top-level fields of the body that contain a string of at most 8 KiB. A document in
    /// which the field is missing or null is not listed by it.
    pub indexed: &'static [&'static str],
    /// Maximum size of a body as JSON, in bytes. A store needs it to bound the response of several
    /// reads in one request, whose size is unknown before it arrives.
    pub max_body_bytes: usize,
}

/// Number of times that a document has been written.
///
/// It is 1 after `create` and rises by 1 with each `replace`, on every store. A document that was
/// removed and created again starts at 1, so a document whose revisions must not repeat is
/// replaced by a tombstone instead of being removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(pub u64);

impl Revision {
    /// The revision of a document that was just created.
    pub const FIRST: Self = Self(1);

    /// The revision after this one.
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// A stored document.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Unique in its collection; at most 512 bytes of visible ASCII.
    pub id: String,
    /// The revision.
    pub revision: Revision,
    /// A JSON object.
    pub body: Value,
}

/// A query for the documents whose indexed `field` equals `value`, by ascending id.
#[derive(Clone, Debug)]
pub struct FieldQuery<'a> {
    /// One of the indexed fields of the collection.
    pub field: &'a str,
    /// The value that the field must have.
    pub value: &'a str,
    /// Only documents with a greater id, for the next page.
    pub after: Option<&'a str>,
    /// Maximum number of documents.
    pub limit: usize,
    /// How current the list must be.
    pub consistency: Consistency,
}

/// The consistency of a list or a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consistency {
    /// It contains every write that was acknowledged before the request.
    Current,
    /// Cheaper; it may lack the writes of the last second.
    MaxAge,
}

/// How long the result of a read may be cached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheValidity {
    /// This process is the only writer: a result is valid until this process writes the document.
    Exclusive,
    /// Other processes write too: a result is valid for this time after the read was sent.
    Shared(Duration),
}

/// A document store.
///
/// The weakest legal behaviour: writes of different documents are not ordered against each other;
/// a list [`Consistency::MaxAge`] may contain a removed document or lack a created one; a
/// call that fails with [`StoreError::Unavailable`] may or may not have been applied. A call whose
/// future is dropped is applied entirely or not at all.
#[async_trait]
pub trait Documents: Debug + Send + Sync {
    /// How long results of reads may be cached.
    fn cache_validity(&self) -> CacheValidity;

    /// Reads one document; `None` if it does not exist.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn get(
        &self,
        collection: &'static Collection,
        id: &str,
    ) -> Result<Option<Document>, StoreError>;

    /// Reads several documents; the result has the order of the ids.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn get_many(
        &self,
        collection: &'static Collection,
        ids: &[&str],
    ) -> Result<Vec<Option<Document>>, StoreError>;

    /// Creates a document; its revision is [`Revision::FIRST`].
    ///
    /// # Errors
    /// [`StoreError::Exists`] if a document with this id exists. On a store that retries by itself
    /// it may be the one that this call has created, changed by others since; a caller that must
    /// know reads it back and compares.
    async fn create(
        &self,
        collection: &'static Collection,
        id: &str,
        body: Value,
    ) -> Result<Revision, StoreError>;

    /// Replaces a document that is still at revision `from`; returns its new revision.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if it is at another revision or does not exist.
    async fn replace(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
        body: Value,
    ) -> Result<Revision, StoreError>;

    /// Removes a document that is still at revision `from`.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if it is at another revision or does not exist.
    async fn remove(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
    ) -> Result<(), StoreError>;

    /// Lists documents by an indexed field.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn list(
        &self,
        collection: &'static Collection,
        listing: FieldQuery<'_>,
    ) -> Result<Vec<Document>, StoreError>;

    /// Reads a page of a whole collection, including every acknowledged write: at most `limit`
    /// documents with ids greater than `after`, by ascending id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn scan(
        &self,
        collection: &'static Collection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Document>, StoreError>;

    /// Checks that the store can be reached and can be written.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn ping(&self) -> Result<(), StoreError>;
}

/// Why an operation of the store failed.
#[derive(Clone, Debug, Error)]
pub enum StoreError {
    /// A document with this id exists.
    #[error("the document exists")]
    Exists,
    /// Conflict: the document is at another revision, or does not exist.
    #[error("the document has moved on")]
    Conflict,
    /// The store cannot be reached, is full or rejects writes; the call may have been applied. The
    /// text is for the log.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// A document exists but cannot be decoded. The text is for the log and contains nothing of
    /// the document.
    #[error("the store is damaged: {0}")]
    Damaged(String),
}
