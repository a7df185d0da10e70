//! The stored form of an account.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use types::{Account, CheckedNames};

use crate::{
    account_id::AccountId,
    clock::{from_unix_milliseconds, rfc3339},
    documents::Collection,
    hashing::{HashingError, StoredHash},
};

/// Accounts, by their id.
pub(crate) static ACCOUNTS: Collection = Collection {
    name: "accounts",
    indexed: &[],
    max_body_bytes: 4 * 1024,
};

/// The document under an account's id.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum AccountState {
    /// An account.
    Live(Box<AccountRecord>),
    /// A tombstone. It stays, so that a request that still completes an earlier sign-up cannot
    /// create the account again.
    Deleted {
        /// Milliseconds since 1970.
        deleted_at: i64,
    },
}

/// The stored form of an account. Only this document and a pending [`EmailReservation`] contain the
/// hash.
///
/// [`EmailReservation`]: super::email_reservation::EmailReservation
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct AccountRecord {
    /// As typed.
    pub(crate) email_address: String,
    /// The id of the document that reserves the address for this account.
    pub(crate) claim_id: String,
    /// The names of the person.
    pub(crate) names: PersonNames,
    /// PHC string.
    pub(crate) password: StoredHash,
    /// False if the account is disabled.
    pub(crate) is_active: bool,
    /// True if the account is a moderator of retailers.
    #[serde(default)]
    pub(crate) is_moderator: bool,
    /// Sessions of an earlier epoch have ended.
    pub(crate) session_epoch: u64,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
    /// Milliseconds since 1970; rises with every change.
    pub(crate) updated_at: i64,
}

/// The names of a person.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub(crate) struct PersonNames {
    pub(crate) first: Option<String>,
    pub(crate) last: Option<String>,
}

impl From<CheckedNames> for PersonNames {
    fn from(names: CheckedNames) -> Self {
        Self {
            first: names.first.map(types::PersonName::into_string),
            last: names.last.map(types::PersonName::into_string),
        }
    }
}

impl AccountRecord {
    /// A disabled account of no person, of the usual size of an account document.
    pub(crate) fn decoy() -> Result<Self, HashingError> {
        Ok(Self {
            email_address: "nobody.in.particular@example.invalid".to_owned(),
            claim_id: format!("email/{:064}", 0),
            names: PersonNames::default(),
            password: StoredHash::decoy()?,
            is_active: false,
            is_moderator: false,
            session_epoch: 0,
            created_at: 0,
            updated_at: 0,
        })
    }

    /// The account as its owner sees it.
    pub(crate) fn to_view(&self, id: &AccountId) -> Account {
        Account {
            id: id.to_string(),
            email_address: self.email_address.clone(),
            first_name: self.names.first.clone(),
            last_name: self.names.last.clone(),
            created_at: rfc3339(from_unix_milliseconds(self.created_at)),
        }
    }
}
