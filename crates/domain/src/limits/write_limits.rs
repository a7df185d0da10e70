//! Rate limits of changes to stored data, by account and by source.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use sha2::{Digest as _, Sha256};

use super::{
    LimitExceeded, LimitsMode,
    buckets::{BucketKey, Buckets},
};
use crate::{
    caller::Caller,
    clock::{Clock, unix_milliseconds},
};

/// The recent changes, in memory.
#[derive(Debug)]
pub(crate) struct WriteLimits {
    mode: LimitsMode,
    clock: Arc<dyn Clock>,
    buckets: Mutex<Buckets>,
}

impl WriteLimits {
    pub(crate) fn new(mode: LimitsMode, clock: Arc<dyn Clock>) -> Self {
        Self {
            mode,
            clock,
            buckets: Mutex::default(),
        }
    }

    /// Pays for a change, whether or not it succeeds. The operator pays nothing; neither does a
    /// client without a session, which cannot change anything.
    ///
    /// # Errors
    /// [`LimitExceeded`]; nothing is paid then.
    pub(crate) fn take_token(&self, caller: &Caller) -> Result<(), LimitExceeded> {
        let Caller::SignedIn {
            account, source, ..
        } = caller
        else {
            return Ok(());
        };
        let account = Sha256::digest(account.as_str()).into();
        self.pay_for(&[BucketKey::WritesOf(account), BucketKey::Writes(*source)])
    }

    /// Pays for a new slug of an artist, which is unavailable to others for a long time.
    ///
    /// # Errors
    /// As [`pay`](Self::take_token).
    pub(crate) fn pay_for_address(&self, caller: &Caller) -> Result<(), LimitExceeded> {
        let Caller::SignedIn { account, .. } = caller else {
            return Ok(());
        };
        let account = Sha256::digest(account.as_str()).into();
        self.pay_for(&[BucketKey::AddressesOf(account)])
    }

    /// Refunds the payment for a slug that was not assigned after all.
    pub(crate) fn refund_address(&self, caller: &Caller) {
        if let (Caller::SignedIn { account, .. }, LimitsMode::Standard) = (caller, self.mode) {
            let account = Sha256::digest(account.as_str()).into();
            self.buckets().refund(&BucketKey::AddressesOf(account));
        }
    }

    /// Nothing that runs under the lock can leave the buckets inconsistent, so a poisoned lock is
    /// used.
    fn buckets(&self) -> MutexGuard<'_, Buckets> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pay_for(&self, subjects: &[BucketKey]) -> Result<(), LimitExceeded> {
        if self.mode == LimitsMode::Off {
            return Ok(());
        }
        let now = unix_milliseconds(self.clock.now());
        let paid = self.buckets().pay(subjects, now);
        paid.map_err(|milliseconds| LimitExceeded {
            retry_after: Duration::from_millis(milliseconds.unsigned_abs()),
        })
    }
}
