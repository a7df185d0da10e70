//! What an account may have, and what a refusal says of it.

use serde::{Deserialize, Serialize};

/// A quota that is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FullQuota {
    /// What is counted.
    pub of: Counted,
    /// Who has it.
    pub holder: QuotaHolder,
    /// The most that the holder may have; bytes for [`Counted::Bytes`].
    pub most: u64,
}

/// What is counted against a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Artists.
    Artists,
    /// Videos.
    Videos,
    /// Products.
    Products,
    /// Retailers that wait for a moderator.
    Proposals,
    /// Bytes of all that was typed of videos and products.
    Bytes,
}

/// Who has a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaHolder {
    /// An account, with all its artists.
    Account,
    /// One artist.
    Artist,
}
