//! The opaque id of an account.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cached_collection::DocumentKey;

/// The id of an account: `acc_` and a UUIDv7 in 32 hexadecimal digits.
///
/// It says nothing about the person, so log lines contain it.
#[derive(
    Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct AccountId(String);

impl AccountId {
    const PREFIX: &str = "acc_";

    /// A new, unique id.
    pub(crate) fn generate() -> Self {
        Self(format!("{}{}", Self::PREFIX, Uuid::now_v7().simple()))
    }

    /// True if the id has the form of a person's account; the id of the global epoch has not.
    pub(crate) fn has_account_prefix(&self) -> bool {
        self.0.starts_with(Self::PREFIX)
    }

    /// An id from a stored record.
    pub(crate) fn from_stored(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl DocumentKey for AccountId {
    fn document_id(&self) -> String {
        self.0.clone()
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
