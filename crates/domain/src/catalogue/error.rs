//! Why something could not be done in the catalogue.

use thiserror::Error;
use types::{Field, FieldErrors, FullQuota, Problem, Reason};

use crate::{
    accounts::{seconds, store_problem},
    documents::StoreError,
    limits::TooMany,
};

/// Why something could not be done in the catalogue.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// Fields are refused.
    #[error("fields are refused")]
    Invalid(FieldErrors),
    /// The caller is nobody, or nobody any more.
    #[error("nobody is signed in")]
    Unauthenticated,
    /// The caller may see it, but not do this.
    #[error("the caller may not do this")]
    Forbidden,
    /// There is no such thing, or it is a stranger's: the two are never told apart.
    #[error("there is no such thing")]
    Unknown,
    /// It has been changed since it was read.
    #[error("it has been changed since it was read")]
    Moved,
    /// A quota is used up.
    #[error("a quota is used up: {0:?}")]
    Full(FullQuota),
    /// Too many changes lately.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// A cursor that this server did not give.
    #[error("the cursor is not one of ours")]
    BadCursor,
    /// The store did not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CatalogueError {
    /// One refused field.
    pub(super) fn field(field: Field, reason: Reason) -> Self {
        Self::Invalid(FieldErrors::one(field, reason))
    }

    /// Whether it is certain that a save that ended in this has written nothing.
    pub(super) fn wrote_nothing(&self) -> bool {
        !matches!(self, Self::Store(_))
    }
}

/// What a person is told. The cause of a failure is logged here, once, and goes no further.
impl From<CatalogueError> for Problem {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::Invalid(fields) => Self::Invalid(fields),
            CatalogueError::Unauthenticated => Self::Unauthenticated,
            CatalogueError::Forbidden => Self::Forbidden,
            CatalogueError::Unknown => Self::NotFound,
            CatalogueError::Moved => Self::Moved,
            CatalogueError::Full(full) => Self::Full(full),
            CatalogueError::TooMany(too_many) => Self::RateLimited(seconds(too_many.retry_after)),
            CatalogueError::BadCursor => Self::Malformed,
            CatalogueError::Store(error) => store_problem(&error),
        }
    }
}
