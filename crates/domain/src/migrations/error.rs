//! Why a migration failed.

use thiserror::Error;

use crate::documents::StoreError;

/// Why a migration failed. The store keeps its data version; work that was done is repeated by the
/// next attempt. It is never between two data versions.
#[derive(Debug, Error)]
pub enum MigrateError {
    /// A newer program has migrated the store.
    #[error(
        "{place} is at data version {found} and this program knows {known}; run the version of the \
         program that migrated it, or a newer one"
    )]
    Newer {
        /// Which store.
        place: String,
        /// The data version of the store.
        found: u32,
        /// The data version that this program knows.
        known: u32,
    },
    /// The store cannot be used, or is in use; a sentence that says what to do.
    #[error("{0}")]
    Refused(String),
    /// A document does not have the shape that the migration expects.
    #[error("a document of `{collection}` cannot be migrated: {reason}; nothing was changed")]
    Change {
        /// The collection.
        collection: &'static str,
        /// The reason, without anything of the document.
        reason: String,
    },
    /// The copy differs from what it should be.
    #[error("the copy of `{collection}` is not whole: {reason}; nothing was changed")]
    Check {
        /// The collection.
        collection: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// Another process has taken over, because this one did not renew its lock in time.
    #[error("another process has taken the migration over, because this one was silent for long")]
    Overtaken,
    /// The migrations contradict the collections in the code.
    #[error("the migrations do not fit this program: {0}")]
    Registry(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
