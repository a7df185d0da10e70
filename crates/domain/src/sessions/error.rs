//! Why an operation on a session failed.

use thiserror::Error;
use types::Problem;

use crate::{
    accounts::{AccountError, store_problem},
    documents::StoreError,
};

/// Why an operation on a session failed.
#[derive(Debug, Error)]
pub enum SessionError {
    /// The account was deleted or disabled, or its sessions were ended, since the password was
    /// verified.
    #[error("the account has changed since the login")]
    Outdated,
    /// Only the operator may do this.
    #[error("only the operator may do this")]
    Forbidden,
    /// The store failed. It never means that there is no session.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<SessionError> for Problem {
    fn from(error: SessionError) -> Self {
        match error {
            // The password was right a moment ago, so the client may try again after a second.
            SessionError::Outdated => Self::Busy(1),
            SessionError::Forbidden => AccountError::Forbidden.into(),
            SessionError::Store(error) => store_problem(&error),
        }
    }
}
