//! Rate limits of login and sign-up: for failures and for successes.
//!
//! No account is ever locked: attempts are only delayed, at an account for at most half a minute.
//! Each source has its own attempts at an account, and all strangers together share some more,
//! which one source cannot use up; so an attacker at one address does not lock out the owner. A
//! source that has signed up or logged in to an account before does not share the attempts of
//! strangers, and a device that has done so has attempts of its own.
//!
//! An attempt takes its tokens before it is made; those for a failure are refunded when it succeeds.
//! A thousand simultaneous guesses therefore count as a thousand, and so do cancelled ones.

mod buckets;
mod familiar_sources;
mod read_limits;
mod write_limits;

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use time::OffsetDateTime;

pub use self::read_limits::ReadLimits;
pub(crate) use self::write_limits::WriteLimits;
use self::{
    buckets::{BucketKey, Buckets},
    familiar_sources::FamiliarSources,
};
use crate::{accounts::DeviceId, caller::ClientNetwork, clock::unix_milliseconds};

/// Whether rate limits apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LimitsMode {
    /// They apply.
    #[default]
    Standard,
    /// They do not: for load tests.
    Off,
}

/// The action that is attempted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitedAction {
    /// Login.
    LogIn,
    /// Sign-up.
    SignUp,
}

/// Too many attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many attempts")]
pub struct LimitExceeded {
    /// Time after which the next attempt is admitted, if there are no others meanwhile.
    pub retry_after: Duration,
}

/// The recent attempts, in memory.
#[derive(Debug)]
pub struct Limits {
    mode: LimitsMode,
    state: Mutex<LimitState>,
}

#[derive(Debug, Default)]
struct LimitState {
    buckets: Buckets,
    familiar: FamiliarSources,
}

impl Limits {
    /// Limits without any recent attempt.
    pub fn new(mode: LimitsMode) -> Self {
        Self {
            mode,
            state: Mutex::default(),
        }
    }

    /// Begins an attempt. `account` is the SHA-256 of the canonical address, whether or not the
    /// account exists, so that limits do not reveal it. The operator has no source and is not
    /// limited by one.
    ///
    /// # Errors
    /// [`LimitExceeded`]; nothing is paid then.
    pub fn attempt(
        &self,
        action: LimitedAction,
        account: [u8; 32],
        source: Option<ClientNetwork>,
        now: OffsetDateTime,
    ) -> Result<Attempt<'_>, LimitExceeded> {
        let visit = source.map(|source| (account, source));
        self.begin(visit, now, |familiar| {
            subjects(action, account, source, familiar)
        })
    }

    /// Begins a login attempt that counts as a stranger's from every source, even after a success.
    ///
    /// # Errors
    /// As [`attempt`](Self::attempt).
    pub(crate) fn attempt_of_stranger(
        &self,
        account: [u8; 32],
        source: Option<ClientNetwork>,
        now: OffsetDateTime,
    ) -> Result<Attempt<'_>, LimitExceeded> {
        let nowhere = FamiliarSources::default();
        self.begin(None, now, |_| {
            subjects(LimitedAction::LogIn, account, source, &nowhere)
        })
    }

    /// Begins a login attempt on a device that has logged in to the account before. It waits
    /// neither with strangers nor with its source, so that nobody can lock an owner out. It has a
    /// bucket of its own at the account, so that a stolen device gives no more guesses than a
    /// source has.
    ///
    /// # Errors
    /// As [`attempt`](Self::attempt).
    pub(crate) fn attempt_on_device(
        &self,
        account: [u8; 32],
        (device, source): (DeviceId, Option<ClientNetwork>),
        now: OffsetDateTime,
    ) -> Result<Attempt<'_>, LimitExceeded> {
        let visit = source.map(|source| (account, source));
        self.begin(visit, now, |_| {
            let device = BucketKey::AccountOn(account, device);
            vec![device, BucketKey::LogInsOf(account)]
        })
    }

    /// Begins a stranger's attempt in addition to one [on a device](Self::attempt_on_device) whose
    /// proof turned out to be invalid. Both end together; only the first pays for a success at the
    /// account.
    ///
    /// # Errors
    /// As [`attempt`](Self::attempt).
    pub(crate) fn attempt_without_proof(
        &self,
        account: [u8; 32],
        source: Option<ClientNetwork>,
        now: OffsetDateTime,
    ) -> Result<Attempt<'_>, LimitExceeded> {
        let visit = source.map(|source| (account, source));
        self.begin(visit, now, |familiar| {
            let mut bucket_keys = subjects(LimitedAction::LogIn, account, source, familiar);
            bucket_keys.retain(|subject| *subject != BucketKey::LogInsOf(account));
            bucket_keys
        })
    }

    fn begin(
        &self,
        visit: Option<([u8; 32], ClientNetwork)>,
        now: OffsetDateTime,
        subjects: impl FnOnce(&FamiliarSources) -> Vec<BucketKey>,
    ) -> Result<Attempt<'_>, LimitExceeded> {
        let now = unix_milliseconds(now);
        let mut paid = Vec::new();
        if self.mode == LimitsMode::Standard {
            let mut state = self.lock();
            paid = subjects(&state.familiar);
            state
                .buckets
                .pay(&paid, now)
                .map_err(|milliseconds| LimitExceeded {
                    retry_after: Duration::from_millis(milliseconds.unsigned_abs()),
                })?;
        }
        Ok(Attempt {
            limits: self,
            paid,
            outcome: AttemptOutcome::Failed,
            visit,
            now,
        })
    }

    /// Nothing that runs under the lock can leave the state inconsistent, so a poisoned lock is
    /// used.
    fn lock(&self) -> MutexGuard<'_, LimitState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The buckets that pay for an attempt.
///
/// A sign-up guesses no password, so it counts by source only: its failures together with failed
/// logins, because both reveal whether an address has an account; its successes in a bucket of
/// their own.
///
/// Successful logins have buckets of their own, by source and by account, because a right password
/// costs a hash too.
fn subjects(
    action: LimitedAction,
    account: [u8; 32],
    source: Option<ClientNetwork>,
    familiar: &FamiliarSources,
) -> Vec<BucketKey> {
    let by_source = source.map(BucketKey::Source);
    match action {
        LimitedAction::LogIn => {
            let is_familiar = source.is_some_and(|source| familiar.contains(account, source));
            let here = source.map(|source| BucketKey::AccountFrom(account, source));
            let everywhere = (!is_familiar).then_some(BucketKey::Account(account));
            let successes = source.map(BucketKey::LogIns);
            by_source
                .into_iter()
                .chain(here)
                .chain(everywhere)
                .chain(successes)
                .chain([BucketKey::LogInsOf(account)])
                .collect()
        }
        LimitedAction::SignUp => {
            let sign_ups = source.map(BucketKey::SignUps);
            by_source.into_iter().chain(sign_ups).collect()
        }
    }
}

/// An attempt that has begun and was paid for. Dropping it counts as a failure, because a guess
/// whose request is cancelled is still a guess.
#[derive(Debug)]
#[must_use = "an attempt that is dropped counts as failed"]
pub struct Attempt<'a> {
    limits: &'a Limits,
    paid: Vec<BucketKey>,
    outcome: AttemptOutcome,
    /// The account and the source, which become familiar after a success.
    visit: Option<([u8; 32], ClientNetwork)>,
    now: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AttemptOutcome {
    Succeeded,
    Undecided,
    Failed,
}

impl Attempt<'_> {
    /// Ends the attempt as a success, which is counted in buckets of its own.
    pub fn succeeded(mut self) {
        self.outcome = AttemptOutcome::Succeeded;
    }

    /// Ends the attempt as neither: a dependency that was needed to decide was unavailable.
    pub fn undecided(mut self) {
        self.outcome = AttemptOutcome::Undecided;
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if self.paid.is_empty() {
            return;
        }
        let mut state = self.limits.lock();
        for subject in &self.paid {
            let is_spent = match self.outcome {
                AttemptOutcome::Succeeded => subject.pays_for_success(),
                AttemptOutcome::Undecided => false,
                AttemptOutcome::Failed => !subject.pays_for_success(),
            };
            if !is_spent {
                state.buckets.refund(subject);
            }
        }
        if let (AttemptOutcome::Succeeded, Some((account, source))) = (self.outcome, self.visit) {
            state.familiar.insert(account, source, self.now);
        }
    }
}

#[cfg(test)]
mod tests;
