//! The reservation of an email address for one account.
//!
//! A document store has no unique constraint over two documents, so an address is reserved by
//! creating one document whose id is derived from the address. That creation is the commit: a
//! pending reservation contains the complete account, and any request that reads it completes it. A
//! reservation is never taken over from an account that exists.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::record::AccountRecord;
use crate::{account_id::AccountId, documents::Collection};

/// The collection of email reservations; the id is derived from the address by
/// [`claim_id`](super::canonical_address::CanonicalAddress::claim_id).
pub(crate) static EMAIL_RESERVATIONS: Collection = Collection {
    name: "claims",
    indexed: &[],
    max_body_bytes: 4 * 1024,
};

/// The document of a reserved address.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum EmailReservation {
    /// The address is reserved; the account is not yet stored under its own id.
    Pending {
        account_id: AccountId,
        account: Box<AccountRecord>,
    },
    /// The address is reserved, and the account was stored. It may have been deleted since.
    Active { account_id: AccountId },
}

impl EmailReservation {
    /// The account that the address is reserved for.
    pub(crate) fn account_id(&self) -> &AccountId {
        match self {
            Self::Pending { account_id, .. } | Self::Active { account_id } => account_id,
        }
    }
}
