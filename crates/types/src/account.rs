//! What a person may see of an account.

use serde::{Deserialize, Serialize};

/// An account as its owner sees it. It never carries the password's hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// `acc_` and a UUIDv7.
    pub id: String,
    /// The address as it was typed at sign-up.
    pub email_address: String,
    /// Optional, at most 100 code points.
    pub first_name: Option<String>,
    /// Optional, at most 100 code points.
    pub last_name: Option<String>,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// A signed-in visitor: the account, and when the session began and ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// Who is signed in.
    #[serde(flatten)]
    pub account: Account,
    /// RFC 3339, UTC: when the session began.
    pub session_began_at: String,
    /// RFC 3339, UTC: when the session ends at the latest, used or not.
    pub session_ends_at: String,
}
