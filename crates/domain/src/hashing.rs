//! Hashing passwords, with Argon2id, on threads of its own.
//!
//! A hash takes milliseconds of a core and 19 MiB of memory. So there is a fixed number of
//! threads that do nothing else, at low priority, so that requests that need no hash do not wait
//! for those that do; and the queue before them is short, so that in a flood people are told
//! when to come back rather than kept waiting for an answer that nobody reads any more.
//!
//! The queue is fair: sources take turns, and within a source accounts do. Each source and each
//! account has only a share of it, so that no source makes another wait for more than a turn.

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
    derivation::{Derivation, Key},
    flow::AccountKey,
    in_flight::InFlight,
    stored_hash::{Recipe, SALT_BYTES},
    workers::Workers,
};
pub use self::{
    flow::Flow,
    in_flight::{HashingPermit, HashingShares},
    stored_hash::StoredHash,
};

/// How long a thread keeps its memory when there is nothing to hash. Longer than the pause
/// between two logins of a busy instance, shorter than anybody's patience with an idle one.
const IDLE: Duration = Duration::from_secs(20);

/// How much is hashed at once, and how much may wait.
#[derive(Clone, Copy, Debug)]
pub struct HashingSettings {
    /// Threads; each takes 19 MiB while there is something to hash.
    pub threads: usize,
    /// The most passwords that wait.
    pub queue: usize,
    /// The most of one source and of one account.
    pub shares: HashingShares,
}

impl Default for HashingSettings {
    /// As many threads as there are cores, and a queue that they empty in a few seconds.
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            queue: 256,
            shares: HashingShares::default(),
        }
    }
}

/// What a password is to a stored hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The right one.
    Match,
    /// The right one, but hashed with parameters that have moved on: hash it again.
    MatchOutdated,
    /// A wrong one.
    Mismatch,
}

/// Why a password was neither hashed nor verified.
#[derive(Clone, Debug, thiserror::Error)]
pub enum HashingError {
    /// Too many wait already; another try is worth while after this time.
    #[error("too many passwords wait to be hashed")]
    Busy(Duration),
    /// The source or the account has its share of the pool already; another try is worth while
    /// after this time.
    #[error("the source or the account has too many passwords in the pool")]
    ShareFull(Duration),
    /// It cannot be done; the text has no secrets and is for the log.
    #[error("hashing a password failed: {0}")]
    Broken(String),
}

/// The threads that hash passwords, and the queue before them. They end when it is dropped.
#[derive(Debug)]
pub struct HashingPool {
    workers: Workers<Derivation>,
    in_flight: Arc<InFlight>,
}

impl HashingPool {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the operating system has no more threads.
    pub fn start(settings: HashingSettings) -> io::Result<Self> {
        let workers = Workers::start(settings.threads.max(1), settings.queue, IDLE)?;
        let in_flight = Arc::new(InFlight::new(settings.shares));
        Ok(Self { workers, in_flight })
    }

    /// The right to hash or verify one password at a time, for a flow and an account: the SHA-256
    /// of the canonical address, whether or not there is such an account.
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
    /// [`HashingError::Busy`] when too many wait; [`HashingError::Broken`].
    pub async fn hash(
        &self,
        permit: &HashingPermit,
        password: Password,
    ) -> Result<StoredHash, HashingError> {
        let recipe = Recipe::today(random_salt()?);
        let key = self.derive(permit, password, recipe.clone()).await?;
        recipe.stored(&key)
    }

    /// Compares a password with a stored hash. Every call does the whole work: no verdict is
    /// shared or kept.
    ///
    /// # Errors
    /// [`HashingError::Busy`] when too many wait; [`HashingError::Broken`] when the stored hash is
    /// damaged or would take an absurd amount of work.
    pub async fn verify(
        &self,
        permit: &HashingPermit,
        password: Password,
        hash: StoredHash,
    ) -> Result<Verdict, HashingError> {
        let (recipe, expected) = hash.read()?;
        let is_outdated = recipe.is_outdated();
        let key = self.derive(permit, password, recipe).await?;
        let is_match = bool::from(key.ct_eq(expected.as_bytes()));
        Ok(match (is_match, is_outdated) {
            (true, false) => Verdict::Match,
            (true, true) => Verdict::MatchOutdated,
            (false, _) => Verdict::Mismatch,
        })
    }

    /// How many passwords wait.
    pub fn queue_len(&self) -> usize {
        self.workers.queue_len()
    }

    async fn derive(
        &self,
        permit: &HashingPermit,
        password: Password,
        recipe: Recipe,
    ) -> Result<Key, HashingError> {
        let (reply, key) = oneshot::channel();
        let job = Derivation::new(password, recipe, reply);
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
