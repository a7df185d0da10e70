//! The one error that travels.

use serde::{Deserialize, Serialize};

use crate::field::{Field, FieldErrors, Reason};

/// Why a request was not served. It names a kind, never a cause: causes stay in the server's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Fields are refused; each with its reason.
    Invalid(FieldErrors),
    /// The address is unknown, the password wrong or the account disabled: never told apart.
    BadCredentials,
    /// Nobody is signed in, or no longer.
    Unauthenticated,
    /// Sign-up is closed on this instance.
    SignupClosed,
    /// Too many failed attempts; try again after so many seconds.
    RateLimited(u32),
    /// The server has too much to do; try again after so many seconds.
    Busy(u32),
    /// The store cannot be reached; try again after so many seconds.
    Unavailable(u32),
    /// The request came from another site.
    CrossSite,
    /// The page belongs to another version of the server.
    StalePage,
    /// The request could not be read.
    Malformed,
    /// Something broke; the log knows what.
    Internal,
}

impl Problem {
    /// The problem that an address is taken.
    pub fn address_taken() -> Self {
        Self::Invalid(FieldErrors::one(Field::EmailAddress, Reason::Taken))
    }

    /// Seconds to wait before another try, where that helps.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::RateLimited(seconds) | Self::Busy(seconds) | Self::Unavailable(seconds) => {
                Some(*seconds)
            }
            Self::Invalid(_)
            | Self::BadCredentials
            | Self::Unauthenticated
            | Self::SignupClosed
            | Self::CrossSite
            | Self::StalePage
            | Self::Malformed
            | Self::Internal => None,
        }
    }
}
