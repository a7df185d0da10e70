//! The port to the search index, and the semantics of a search.
//!
//! The index is derived from documents: it can be dropped and rebuilt at any time, and documents
//! take precedence over it. This module decides what a word is, what matches and in which order,
//! in integers, so that every engine returns the same results in the same order.

mod analyser;
mod analysis_threads;
mod cursor;
mod entry;
mod highlight;
mod query;
mod words;

use std::fmt::Debug;

use async_trait::async_trait;
pub use types::{catalogue::EntityKind, pages::TextSegment};

pub(crate) use self::{analyser::without_signs, analysis_threads::AnalysisThreads};
pub use self::{
    cursor::{Cursor, CursorPosition, DamagedCursor},
    entry::{IndexEntry, Tokens},
    highlight::{highlight, snippet},
    query::{
        EntryLocation, Filter, IndexVersion, MAX_OFFSET, PageStart, Scope, SearchQuery,
        SearchResults, Sort,
    },
    words::{Clause, IndexField, QueryTerm, QueryWord, QueryWords, WordEnding, score, weights},
};
use crate::documents::StoreError;

/// The version of the analysis. Raise it with every change of [`IndexEntry::tokens`], so that older
/// indices are rebuilt; the fingerprint test of the analyser fails if that was forgotten.
pub const ANALYSIS_VERSION: u64 = 1;

/// A search index.
///
/// The weakest legal behaviour: a search [`Consistency::MaxAge`] may miss the writes of the
/// last second; a call that fails with [`StoreError::Unavailable`] may have been applied, not
/// applied or applied in part, and can be repeated.
///
/// [`Consistency::MaxAge`]: crate::documents::Consistency::MaxAge
#[async_trait]
pub trait SearchIndex: Debug + Send + Sync {
    /// Writes entries, replacing older ones with the same id. An entry with a lower version than
    /// the stored entry or tombstone is ignored, so entries may arrive in any order and
    /// repeatedly. After this returns, every search [`Consistency::Current`] finds them.
    ///
    /// [`Consistency::Current`]: crate::documents::Consistency::Current
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn put(&self, entries: Vec<IndexEntry>) -> Result<(), StoreError>;

    /// Searches entries; returns a page of ids.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], also for a cursor of another sort.
    async fn search(&self, query: &SearchQuery) -> Result<SearchResults, StoreError>;

    /// Searches entries; returns their paths instead of a page of ids.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    async fn locations(&self, query: &SearchQuery) -> Result<Vec<EntryLocation>, StoreError>;

    /// The version of the index that a search [`Consistency::MaxAge`] sees now. It costs far
    /// less than a search, so a result can be cached until the version changes, and for a bounded
    /// time, because an equal version does not prove that nothing has changed ([`IndexVersion`]).
    ///
    /// [`Consistency::MaxAge`]: crate::documents::Consistency::MaxAge
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn version(&self) -> Result<IndexVersion, StoreError>;

    /// Begins an empty index beside the live one, and abandons one that another process has begun.
    ///
    /// From then on every write goes to both indices. So nothing is lost if the process that
    /// rebuilds lists all documents *after* this has returned, as of now, and writes an entry for
    /// each with its usual version.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn rebuild(&self) -> Result<Box<dyn IndexRebuild>, StoreError>;

    /// True if the live index is complete. It is not if it was never rebuilt, or replaces one that
    /// was damaged or outdated; the process that finds it incomplete rebuilds it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn is_built(&self) -> Result<bool, StoreError>;
}

/// An index that is being built beside the live one. Dropping it, or the death of the process,
/// abandons it and leaves the live index untouched.
#[async_trait]
pub trait IndexRebuild: Debug + Send + Sync {
    /// Writes entries into the new index, by the rules of [`SearchIndex::put`].
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if another rebuild has begun since; [`StoreError::Unavailable`].
    async fn put(&self, entries: Vec<IndexEntry>) -> Result<(), StoreError>;

    /// Replaces the live index by the new one, atomically.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if another rebuild has begun since; [`StoreError::Unavailable`],
    /// after which the new index may or may not be live.
    async fn finish(self: Box<Self>) -> Result<(), StoreError>;
}
