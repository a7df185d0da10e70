//! The port to the document store.
//!
//! An operation on one document is atomic and durable when it is acknowledged, and a read by id
//! sees it at once. That is all that is promised, and everything above is built from it, so that
//! it is right on every store that can keep this one promise.

use std::{fmt::Debug, time::Duration};

use async_trait::async_trait;
use serde_json::Value;
use thiserror::Error;

/// A kind of document: its name, and the fields by which its documents can be listed.
#[derive(Debug, PartialEq, Eq)]
pub struct Collection {
    /// Lower-case letters and underscores.
    pub name: &'static str,
    /// Names of top-level fields of the body that hold a string of at most 8 KiB. A document
    /// without the field, or with null in it, is not listed by it.
    pub indexed: &'static [&'static str],
    /// Maximum size of a body as JSON, in bytes. Reads that share a request share a bound on the
    /// bytes of its answer, which is not known before it comes.
    pub largest: usize,
}

/// How often a document has been written.
///
/// It is 1 after `create`, rises by 1 with each `replace`, and is the same on every store. A
/// document that was removed and created again begins at 1, so whoever relies on revisions across
/// that must write over instead.
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

/// A document as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Unique in its collection; at most 512 bytes of visible ASCII.
    pub id: String,
    /// Which version this is.
    pub revision: Revision,
    /// A JSON object.
    pub body: Value,
}

/// Which documents a list asks for: those whose indexed `field` equals `value`, by ascending id.
#[derive(Clone, Debug)]
pub struct Listing<'a> {
    /// One of the collection's indexed fields.
    pub field: &'a str,
    /// What it holds.
    pub value: &'a str,
    /// Only documents behind this id.
    pub after: Option<&'a str>,
    /// At most so many.
    pub limit: usize,
    /// How current the list must be.
    pub currency: Currency,
}

/// How current a list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Currency {
    /// It sees everything that was acknowledged before it was asked for.
    AsOfNow,
    /// Cheap; it may miss what was acknowledged in the last second.
    UpToASecondOld,
}

/// How long a read stays true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// This process is the only one that writes; what it has read or written stays true until it
    /// writes again.
    Exclusive,
    /// Other processes write too; what was read may be relied on for so long after the read was
    /// sent.
    Shared(Duration),
}

/// A document store.
///
/// The weakest legal behaviour: writes of different documents are not ordered against each other,
/// a list [`Currency::UpToASecondOld`] may show a removed document or miss a created one, and a
/// call that ends in [`StoreError::Unavailable`] may have been applied or not. A caller that gives
/// up waiting (a dropped future) leaves the call applied or not applied, never half applied.
#[async_trait]
pub trait Documents: Debug + Send + Sync {
    /// How long reads of this store stay true.
    fn ownership(&self) -> Ownership;

    /// Reads one document.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn get(
        &self,
        collection: &'static Collection,
        id: &str,
    ) -> Result<Option<Document>, StoreError>;

    /// Reads several documents; the answer has the order of the ids.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn get_many(
        &self,
        collection: &'static Collection,
        ids: &[&str],
    ) -> Result<Vec<Option<Document>>, StoreError>;

    /// Writes a document that must not exist; its revision becomes [`Revision::FIRST`].
    ///
    /// # Errors
    /// [`StoreError::Exists`] when a document with this id is there. On a store that retries by
    /// itself it may be this very one, changed by others since; a caller that cares reads it back
    /// and compares.
    async fn create(
        &self,
        collection: &'static Collection,
        id: &str,
        body: Value,
    ) -> Result<Revision, StoreError>;

    /// Writes over a document that must still be at revision `from`.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when it is at another revision or gone.
    async fn replace(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
        body: Value,
    ) -> Result<Revision, StoreError>;

    /// Removes a document that must still be at revision `from`.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when it is at another revision or gone.
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
        listing: Listing<'_>,
    ) -> Result<Vec<Document>, StoreError>;

    /// Reads all documents of a collection, as of now: at most `limit` by ascending id, only those
    /// behind `after`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    async fn scan(
        &self,
        collection: &'static Collection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Document>, StoreError>;

    /// Answers whether the store can be reached and is ready.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn ping(&self) -> Result<(), StoreError>;
}

/// Why the store did not do what it was asked.
#[derive(Clone, Debug, Error)]
pub enum StoreError {
    /// A document with this id is already there.
    #[error("the document exists")]
    Exists,
    /// The document is at another revision, or gone.
    #[error("the document has moved on")]
    Moved,
    /// The store cannot be reached, is full or refuses to write; the call may have been applied.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// A document is there but cannot be read.
    #[error("the store is damaged: {0}")]
    Damaged(String),
}
