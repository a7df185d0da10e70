//! Why a store was not migrated.

use thiserror::Error;

use crate::documents::StoreError;

/// Why a store was not migrated. It is as it was, or a part of the way was gone that the next try
/// goes again; it is never between two data versions.
#[derive(Debug, Error)]
pub enum MigrateError {
    /// A newer program has migrated it.
    #[error(
        "{place} is at data version {found} and this program knows {known}; run the version of the \
         program that migrated it, or a newer one"
    )]
    Newer {
        /// Which store.
        place: String,
        /// The data version that it has.
        found: u32,
        /// The data version that this program knows.
        known: u32,
    },
    /// The store cannot be used, or is in use; a sentence that says what to do.
    #[error("{0}")]
    Refused(String),
    /// A document is not what the migration expects.
    #[error("a document of `{collection}` cannot be migrated: {reason}; nothing was changed")]
    Change {
        /// The collection.
        collection: &'static str,
        /// Why, without anything of what is in it.
        reason: String,
    },
    /// What was copied is not what it should be.
    #[error("the copy of `{collection}` is not whole: {reason}; nothing was changed")]
    Check {
        /// The collection.
        collection: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// Another process has taken over, because this one was silent for too long.
    #[error("another process has taken the migration over, because this one was silent for long")]
    Overtaken,
    /// The migrations contradict the code.
    #[error("the migrations do not fit this program: {0}")]
    Registry(String),
    /// The store did not do what it was asked.
    #[error(transparent)]
    Store(#[from] StoreError),
}
