//! Why an operation on the catalogue failed.

use thiserror::Error;
use types::{Field, FieldErrors, FullQuota, Problem, Reason};

use crate::{
    accounts::{seconds, store_problem},
    documents::StoreError,
    limits::LimitExceeded,
};

/// Why an operation on the catalogue failed.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// Fields are rejected.
    #[error("fields are refused")]
    Invalid(FieldErrors),
    /// The caller is anonymous, or their account no longer exists.
    #[error("nobody is signed in")]
    Unauthenticated,
    /// The caller may see the entity, but not do this.
    #[error("the caller may not do this")]
    Forbidden,
    /// There is no such entity, or it belongs to another account; the two are not distinguished.
    #[error("there is no such thing")]
    Unknown,
    /// Conflict: the entity has been changed since it was read.
    #[error("it has been changed since it was read")]
    Conflict,
    /// A quota is used up.
    #[error("a quota is used up: {0:?}")]
    Full(FullQuota),
    /// Too many changes lately.
    #[error(transparent)]
    TooMany(#[from] LimitExceeded),
    /// A cursor that this server did not issue.
    #[error("the cursor is not one of ours")]
    BadCursor,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CatalogueError {
    /// The error of one rejected field.
    pub(super) fn field(field: Field, reason: Reason) -> Self {
        Self::Invalid(FieldErrors::one(field, reason))
    }

    /// True if a save that failed with this error has certainly written nothing.
    pub(super) fn wrote_nothing(&self) -> bool {
        !matches!(self, Self::Store(_))
    }
}

/// The mapping to the problem that the client receives. The cause of a failure is logged here,
/// once, and not sent.
impl From<CatalogueError> for Problem {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::Invalid(fields) => Self::Invalid(fields),
            CatalogueError::Unauthenticated => Self::Unauthenticated,
            CatalogueError::Forbidden => Self::Forbidden,
            CatalogueError::Unknown => Self::NotFound,
            CatalogueError::Conflict => Self::Conflict,
            CatalogueError::Full(full) => Self::Full(full),
            CatalogueError::TooMany(too_many) => Self::RateLimited(seconds(too_many.retry_after)),
            CatalogueError::BadCursor => Self::Malformed,
            CatalogueError::Store(error) => store_problem(&error),
        }
    }
}
