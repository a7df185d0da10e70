//! Who an address belongs to.
//!
//! A document store has no unique constraint over two documents, so an address is taken by
//! creating one document whose id is made from it. That creation is the commit: the claim carries
//! the complete account, and whoever meets a claim that is still pending finishes it. Nothing is
//! ever taken over.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::record::AccountRecord;
use crate::{documents::Collection, id::AccountId};

/// Claims, by what is claimed.
pub(crate) static CLAIMS: Collection = Collection {
    name: "claims",
    indexed: &[],
    largest: 4 * 1024,
};

/// What is kept under a claimed address.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum Claim {
    /// The address is taken, and the account is still to be written under its own id.
    Pending {
        account_id: AccountId,
        account: Box<AccountRecord>,
    },
    /// The address is taken, and the account is or was there.
    Active { account_id: AccountId },
}

impl Claim {
    /// Whose address it is.
    pub(crate) fn account_id(&self) -> &AccountId {
        match self {
            Self::Pending { account_id, .. } | Self::Active { account_id } => account_id,
        }
    }
}
