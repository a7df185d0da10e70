//! The port to the search index, and what a search means.
//!
//! The index is derived from documents: it can be thrown away and built again at any time, and it
//! never knows better than they do. What a word is, what matches and what comes first is decided
//! here, in whole numbers, so that every engine finds the same things in the same order.

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
    cursor::{Cursor, DamagedCursor, Position},
    entry::{Entry, Tokens},
    highlight::{highlight, snippet},
    query::{Filter, Found, IndexVersion, Location, Page, Query, Scope, Sort, WINDOW},
    words::{Clause, Ending, Field, Term, Word, Words, score, weights},
};
use crate::documents::StoreError;

/// The version of what an entry is found by. It rises with every change of [`Entry::tokens`], so that
/// an index that was made before is built again; the test of the analyser's fingerprint says when.
pub const ANALYSIS: u64 = 1;

/// A search index.
///
/// The weakest legal behaviour: a search [`Currency::UpToASecondOld`] may miss what was put in the
/// last second, and a call that ends in [`StoreError::Unavailable`] may have been applied or not,
/// in part too; it may be made again.
///
/// [`Currency::UpToASecondOld`]: crate::documents::Currency::UpToASecondOld
#[async_trait]
pub trait Search: Debug + Send + Sync {
    /// Puts entries in, in the place of older ones with the same id. One whose version is lower
    /// than that of the entry that is there is ignored, also when what is there is a tombstone; so
    /// the order in which entries come does not matter, nor that one comes twice. When this
    /// returns, every search [`Currency::AsOfNow`] finds them.
    ///
    /// [`Currency::AsOfNow`]: crate::documents::Currency::AsOfNow
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn put(&self, entries: Vec<Entry>) -> Result<(), StoreError>;

    /// Finds entries.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], also for a cursor of another sort.
    async fn search(&self, query: &Query) -> Result<Found, StoreError>;

    /// Finds entries, and says where they stand instead of what they are.
    ///
    /// # Errors
    /// As [`search`](Self::search).
    async fn locations(&self, query: &Query) -> Result<Vec<Location>, StoreError>;

    /// Which state of the live index a search [`Currency::UpToASecondOld`] sees now. It costs far
    /// less than a search, so what was made of answers can be kept until it changes, and for a bounded
    /// time, because an equal version does not prove that nothing has changed ([`IndexVersion`]).
    ///
    /// [`Currency::UpToASecondOld`]: crate::documents::Currency::UpToASecondOld
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn version(&self) -> Result<IndexVersion, StoreError>;

    /// Begins an empty index beside the live one, and abandons one that somebody else has begun.
    ///
    /// From here on everything that is put is put into both. So nothing is lost when whoever
    /// rebuilds reads the documents *after* this has returned, lists of them as of now, and puts
    /// each into the new one with the version that it would have elsewhere.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn rebuild(&self) -> Result<Box<dyn Rebuild>, StoreError>;

    /// Whether the live index is complete. It is not when it is new and was never rebuilt, or was
    /// replaced because it was damaged or of an older version; whoever finds it so rebuilds it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    async fn is_built(&self) -> Result<bool, StoreError>;
}

/// An index that is being built beside the live one. Dropping it abandons it, and so does the
/// death of the process; the live one is not touched by either.
#[async_trait]
pub trait Rebuild: Debug + Send + Sync {
    /// Puts entries into the new index, by the rules of [`Search::put`].
    ///
    /// # Errors
    /// [`StoreError::Moved`] when another rebuild has begun since; [`StoreError::Unavailable`].
    async fn put(&self, entries: Vec<Entry>) -> Result<(), StoreError>;

    /// Makes the new index the live one, in one step.
    ///
    /// # Errors
    /// [`StoreError::Moved`] when another rebuild has begun since; [`StoreError::Unavailable`],
    /// after which it may have become the live one or not.
    async fn finish(self: Box<Self>) -> Result<(), StoreError>;
}
