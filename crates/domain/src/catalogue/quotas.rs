//! What an account and an artist may have.

use types::{Counted, FullQuota, QuotaHolder};

/// The most that an account, and each of its artists, may have.
///
/// What is in the trash counts until it can no longer be restored: otherwise creating and deleting
/// would fill the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Artists of an account.
    pub artists: u64,
    /// Of an account, with all its artists.
    pub account: Quota,
    /// Of one artist.
    pub artist: Quota,
}

/// The most of one holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Videos.
    pub videos: u64,
    /// Products.
    pub products: u64,
    /// Retailers that wait for a moderator.
    pub proposals: u64,
    /// Bytes of all that was typed of videos and products, as JSON.
    pub bytes: u64,
}

impl Quotas {
    /// No account has a limit.
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
    /// More than a person fills in years, and about a hundredth of what one new account was once
    /// able to create in a day.
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

/// Refuses more than the most.
pub(super) fn require(
    count: u64,
    most: u64,
    of: Counted,
    holder: QuotaHolder,
) -> Result<(), FullQuota> {
    if count <= most {
        return Ok(());
    }
    Err(FullQuota { of, holder, most })
}
