//! Quotas of accounts and artists.

pub(super) mod owned_artists;
pub(super) mod reservations;

use types::{FullQuota, QuotaHolder, QuotaResource};

/// Maximum numbers of entities and bytes of an account, and of each of its artists.
///
/// Entities in the trash count until they can no longer be restored: otherwise creating and
/// deleting would fill the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Maximum number of artists of an account.
    pub artists: u64,
    /// The quota of an account, over all its artists.
    pub account: Quota,
    /// The quota of one artist.
    pub artist: Quota,
}

/// The maximum of each count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Number of videos.
    pub videos: u64,
    /// Number of products.
    pub products: u64,
    /// Number of retailers that wait for a moderator.
    pub proposals: u64,
    /// Bytes of the content of videos and products, as JSON.
    pub bytes: u64,
}

impl Quotas {
    /// No limits.
    pub const UNLIMITED: Self = Self {
        artists: u64::MAX,
        account: Quota::UNLIMITED,
        artist: Quota::UNLIMITED,
    };

    pub(super) fn of(&self, holder: QuotaHolder) -> &Quota {
        match holder {
            QuotaHolder::Account => &self.account,
            QuotaHolder::Artist => &self.artist,
        }
    }
}

impl Default for Quotas {
    /// More than a person fills in years, and about a hundredth of what one new account could
    /// create in a day without quotas.
    fn default() -> Self {
        Self {
            artists: 100,
            account: Quota {
                videos: 2_000,
                products: 2_000,
                proposals: 200,
                bytes: 64 << 20,
            },
            artist: Quota {
                videos: 1_000,
                products: 1_000,
                proposals: 100,
                bytes: 32 << 20,
            },
        }
    }
}

impl Quota {
    const UNLIMITED: Self = Self {
        videos: u64::MAX,
        products: u64::MAX,
        proposals: u64::MAX,
        bytes: u64::MAX,
    };
}

/// Rejects a count above its maximum.
pub(super) fn require(
    count: u64,
    most: u64,
    of: QuotaResource,
    holder: QuotaHolder,
) -> Result<(), FullQuota> {
    if count <= most {
        return Ok(());
    }
    Err(FullQuota { of, holder, most })
}
