//! Why an operation on an account failed.

use std::time::Duration;

use thiserror::Error;
use types::{FieldErrors, Problem};

use crate::{documents::StoreError, hashing::HashingError};

/// `Retry-After` when the store is unavailable, in seconds.
const STORE_RETRY_SECONDS: u32 = 5;

/// Why an operation on an account failed.
#[derive(Debug, Error)]
pub enum AccountError {
    /// Fields are rejected.
    #[error("fields are refused")]
    Invalid(FieldErrors),
    /// Unknown address, wrong password or disabled account; they are not distinguished.
    #[error("unknown address, wrong password or disabled account")]
    BadCredentials,
    /// The caller is anonymous, or their account no longer exists.
    #[error("nobody is signed in")]
    Unauthenticated,
    /// Only the operator may do this.
    #[error("only the operator may do this")]
    Forbidden,
    /// There is no such account.
    #[error("there is no such account")]
    Unknown,
    /// The account owns this number of artists that are not deleted.
    #[error("the account still has {0} artists")]
    OwnsArtists(usize),
    /// Sign-up is closed.
    #[error("sign-up is closed")]
    SignupClosed,
    /// Too many attempts; another is admitted after this time.
    #[error("too many failed attempts")]
    TooMany(Duration),
    /// The hashing pool did not accept the password.
    #[error(transparent)]
    Hashing(#[from] HashingError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The mapping to the problem that the client receives. The cause of a failure is logged here,
/// once, and not sent.
impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Invalid(fields) => Self::Invalid(fields),
            AccountError::BadCredentials => Self::BadCredentials,
            AccountError::Unauthenticated => Self::Unauthenticated,
            AccountError::SignupClosed => Self::SignupClosed,
            AccountError::TooMany(wait) => Self::RateLimited(seconds(wait)),
            AccountError::Hashing(HashingError::Busy(wait)) => Self::Busy(seconds(wait)),
            AccountError::Hashing(HashingError::ShareFull(wait)) => {
                Self::RateLimited(seconds(wait))
            }
            AccountError::Hashing(error @ HashingError::Broken(_)) => internal(&error),
            AccountError::Store(error) => store_problem(&error),
            // What only the operator does is no request of a browser or of the API.
            error @ (AccountError::Forbidden
            | AccountError::Unknown
            | AccountError::OwnsArtists(_)) => internal(&error),
        }
    }
}

/// The problem for a failure of the store: retry later, or an internal error.
pub(crate) fn store_problem(error: &StoreError) -> Problem {
    if let StoreError::Unavailable(_) = error {
        tracing::error!(%error, "the store did not answer");
        return Problem::Unavailable(STORE_RETRY_SECONDS);
    }
    internal(error)
}

fn internal(error: &dyn std::error::Error) -> Problem {
    tracing::error!(error = %error, "unexpected failure");
    Problem::Internal
}

/// Whole seconds, rounded up, as `Retry-After` requires (RFC 9110, 10.2.3).
pub(crate) fn seconds(wait: Duration) -> u32 {
    u32::try_from(wait.as_millis().div_ceil(1000))
        .unwrap_or(u32::MAX)
        .max(1)
}
