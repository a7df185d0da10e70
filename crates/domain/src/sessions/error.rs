//! Why something could not be done with a session.

use thiserror::Error;
use types::Problem;

use crate::{
    accounts::{AccountError, store_problem},
    documents::StoreError,
};

/// Why something could not be done with a session.
#[derive(Debug, Error)]
pub enum SessionError {
    /// The account was deleted, disabled or told to end all sessions since the password was
    /// verified.
    #[error("the account has changed since the login")]
    Outdated,
    /// Only the operator may do this.
    #[error("only the operator may do this")]
    Forbidden,
    /// The store did not do its part. It never means that there is no session.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SessionError> for Problem {
    fn from(error: SessionError) -> Self {
        match error {
            // The password was right a moment ago, and may be still; another try will tell.
            SessionError::Outdated => Self::Busy(1),
            SessionError::Forbidden => AccountError::Forbidden.into(),
            SessionError::Store(error) => store_problem(&error),
        }
    }
}
