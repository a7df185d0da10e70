//! How often an account and a source may change what is kept.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use sha2::{Digest as _, Sha256};

use super::{
    LimitsMode, TooMany,
    buckets::{Buckets, Subject},
};
use crate::{
    caller::Caller,
    clock::{Clock, unix_milliseconds},
};

/// What has been changed lately, in memory.
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

    /// Pays for a change, whether or not it succeeds. The operator pays nothing, and neither does a
    /// client without a session, which cannot change anything.
    ///
    /// # Errors
    /// [`TooMany`], and then nothing has been paid.
    pub(crate) fn pay(&self, caller: &Caller) -> Result<(), TooMany> {
        let Caller::SignedIn {
            account, source, ..
        } = caller
        else {
            return Ok(());
        };
        let account = Sha256::digest(account.as_str()).into();
        self.pay_for(&[Subject::WritesOf(account), Subject::Writes(*source)])
    }

    /// Pays for another address of an artist, which nobody else can have for a long time.
    ///
    /// # Errors
    /// As [`pay`](Self::pay).
    pub(crate) fn pay_for_address(&self, caller: &Caller) -> Result<(), TooMany> {
        let Caller::SignedIn { account, .. } = caller else {
            return Ok(());
        };
        let account = Sha256::digest(account.as_str()).into();
        self.pay_for(&[Subject::AddressesOf(account)])
    }

    /// Gives back what an address cost that was not given in the end.
    pub(crate) fn refund_address(&self, caller: &Caller) {
        if let (Caller::SignedIn { account, .. }, LimitsMode::Standard) = (caller, self.mode) {
            let account = Sha256::digest(account.as_str()).into();
            self.buckets().refund(&Subject::AddressesOf(account));
        }
    }

    /// Nothing that runs under the lock leaves the buckets half changed.
    fn buckets(&self) -> MutexGuard<'_, Buckets> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pay_for(&self, subjects: &[Subject]) -> Result<(), TooMany> {
        if self.mode == LimitsMode::Off {
            return Ok(());
        }
        let now = unix_milliseconds(self.clock.now());
        let paid = self.buckets().pay(subjects, now);
        paid.map_err(|milliseconds| TooMany {
            retry_after: Duration::from_millis(milliseconds.unsigned_abs()),
        })
    }
}
