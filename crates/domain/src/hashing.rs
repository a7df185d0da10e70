//! The pool that hashes passwords with Argon2id on threads of its own.
//!
//! A hash takes milliseconds of a core and 19 MiB of memory. A fixed number of threads at low
//! priority compute hashes, so that requests without a password do not wait for them. Their queue
//! is short, so that clients are asked to retry in a flood instead of waiting for responses that
//! nobody reads any more.
//!
//! The queue is fair: sources take turns, and within a source accounts take turns. Each source and
//! each account has only a share of the queue, so that no source delays another by more than a
//! turn.

mod derivation;
mod fair_queue;
mod flow;
mod in_flight;
mod memory;
mod queue;
mod stored_hash;
mod workers;

use std::{io, sync::Arc, time::Duration};

use rand::{TryRng as _, rngs::SysRng};
use subtle::ConstantTimeEq as _;
use tokio::sync::oneshot;
use types::Password;

use self::{
    derivation::{DerivedKey, HashJob},
    flow::AccountKey,
    in_flight::HashesInFlight,
    stored_hash::{HashParameters, SALT_BYTES},
    workers::Workers,
};
pub use self::{
    flow::Flow,
    in_flight::{HashingLimits, HashingPermit},
    stored_hash::StoredHash,
};

/// Time after which an idle thread frees its memory. It is longer than the pause between two
/// logins of a busy instance.
const IDLE: Duration = Duration::from_secs(20);

/// The size of the pool and of its queue.
#[derive(Clone, Copy, Debug)]
pub struct HashingSettings {
    /// Number of threads; each takes 19 MiB while there are passwords to hash.
    pub threads: usize,
    /// Maximum number of passwords in the queue.
    pub queue: usize,
    /// Maximum number of passwords of one source and of one account.
    pub shares: HashingLimits,
}

impl Default for HashingSettings {
    /// One thread per core, and a queue that the threads empty in a few seconds.
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            queue: 256,
            shares: HashingLimits::default(),
        }
    }
}

/// The result of comparing a password with a stored hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordMatch {
    /// The password is right.
    Match,
    /// The password is right, but its hash has outdated parameters and should be replaced.
    MatchOutdated,
    /// The password is wrong.
    Mismatch,
}

/// Why a password was neither hashed nor verified.
#[derive(Clone, Debug, thiserror::Error)]
pub enum HashingError {
    /// The queue is full; a retry is sensible after this time.
    #[error("too many passwords wait to be hashed")]
    Busy(Duration),
    /// The source or the account has used up its share of the pool; a retry is sensible after this
    /// time.
    #[error("the source or the account has too many passwords in the pool")]
    ShareFull(Duration),
    /// The computation failed. The text contains no secret and is for the log.
    #[error("hashing a password failed: {0}")]
    Broken(String),
}

/// The pool. Dropping it ends its threads.
#[derive(Debug)]
pub struct HashingPool {
    workers: Workers<HashJob>,
    in_flight: Arc<HashesInFlight>,
}

impl HashingPool {
    /// Starts the threads.
    ///
    /// # Errors
    /// If the operating system refuses a thread.
    pub fn start(settings: HashingSettings) -> io::Result<Self> {
        let workers = Workers::start(settings.threads.max(1), settings.queue, IDLE)?;
        let in_flight = Arc::new(HashesInFlight::new(settings.shares));
        Ok(Self { workers, in_flight })
    }

    /// Returns a permit to hash or verify one password at a time, for a flow and an account. The
    /// account is the SHA-256 of the canonical address, whether or not it exists.
    ///
    /// # Errors
    /// [`HashingError::ShareFull`].
    pub fn acquire(&self, flow: Flow, account: AccountKey) -> Result<HashingPermit, HashingError> {
        let permit = self.in_flight.acquire(flow, account);
        permit.ok_or_else(|| HashingError::ShareFull(self.workers.retry_after()))
    }

    /// Hashes a new password.
    ///
    /// # Errors
    /// [`HashingError::Busy`] if the queue is full; [`HashingError::Broken`].
    pub async fn hash(
        &self,
        permit: &HashingPermit,
        password: Password,
    ) -> Result<StoredHash, HashingError> {
        let recipe = HashParameters::today(random_salt()?);
        let key = self.derive(permit, password, recipe.clone()).await?;
        recipe.stored(&key)
    }

    /// Compares a password with a stored hash. Every call computes the whole hash; no result is
    /// shared or cached.
    ///
    /// # Errors
    /// [`HashingError::Busy`] if the queue is full; [`HashingError::Broken`] if the stored hash is
    /// damaged or has absurdly expensive parameters.
    pub async fn verify(
        &self,
        permit: &HashingPermit,
        password: Password,
        hash: StoredHash,
    ) -> Result<PasswordMatch, HashingError> {
        let (recipe, expected) = hash.read()?;
        let is_outdated = recipe.is_outdated();
        let key = self.derive(permit, password, recipe).await?;
        let is_match = bool::from(key.ct_eq(expected.as_bytes()));
        Ok(match (is_match, is_outdated) {
            (true, false) => PasswordMatch::Match,
            (true, true) => PasswordMatch::MatchOutdated,
            (false, _) => PasswordMatch::Mismatch,
        })
    }

    /// Number of passwords in the queue.
    pub fn queue_len(&self) -> usize {
        self.workers.queue_len()
    }

    async fn derive(
        &self,
        permit: &HashingPermit,
        password: Password,
        recipe: HashParameters,
    ) -> Result<DerivedKey, HashingError> {
        let (reply, key) = oneshot::channel();
        let job = HashJob::new(password, recipe, reply);
        let pushed = self.workers.push(permit.flow, permit.account, job);
        pushed.map_err(HashingError::Busy)?;
        key.await
            .unwrap_or_else(|_| Err(HashingError::Broken("its thread gave up".to_owned())))
    }
}

fn random_salt() -> Result<[u8; SALT_BYTES], HashingError> {
    let mut salt = [0; SALT_BYTES];
    match SysRng.try_fill_bytes(&mut salt) {
        Ok(()) => Ok(salt),
        Err(error) => Err(HashingError::Broken(format!("no random bytes: {error}"))),
    }
}

#[cfg(test)]
mod tests;
