//! Quotas.

use serde::{Deserialize, Serialize};

/// A used-up quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FullQuota {
    /// The resource that is used up.
    pub of: QuotaResource,
    /// The account or artist that has the quota.
    pub holder: QuotaHolder,
    /// The maximum; in bytes for [`QuotaResource::Bytes`].
    pub most: u64,
}

/// A resource that has a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaResource {
    /// Artists.
    Artists,
    /// Videos.
    Videos,
    /// Products.
    Products,
    /// Retailers that are not reviewed yet.
    Proposals,
    /// Bytes of text in videos and products.
    Bytes,
}

/// The holder of a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaHolder {
    /// An account, with all its artists.
    Account,
    /// One artist.
    Artist,
}
