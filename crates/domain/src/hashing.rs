//! Hashing passwords, with Argon2id, on threads of its own.
//!
//! A hash takes milliseconds of a core and 19 MiB of memory. So there is a fixed number of
//! threads that do nothing else, at low priority, so that requests that need no hash do not wait
//! for those that do; and the queue before them is short, so that in a flood people are told
//! when to come back rather than kept waiting for an answer that nobody reads any more.

mod derivation;
mod memory;
mod queue;
mod stored_hash;
mod workers;

use std::{io, time::Duration};

use rand::{TryRng as _, rngs::SysRng};
use subtle::ConstantTimeEq as _;
use tokio::sync::oneshot;
use types::Password;

pub use self::stored_hash::StoredHash;
use self::{
    derivation::{Derivation, Key},
    stored_hash::{Recipe, SALT_BYTES},
    workers::Workers,
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
}

impl Default for HashingSettings {
    /// As many threads as there are cores, and a queue that they empty in a few seconds.
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            queue: 256,
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
    /// Too many wait already; another try is worth while after so long.
    #[error("too many passwords wait to be hashed")]
    Busy(Duration),
    /// It cannot be done; the text has no secrets and is for the log.
    #[error("hashing a password failed: {0}")]
    Broken(String),
}

/// The threads that hash passwords, and the queue before them. They end when it is dropped.
#[derive(Debug)]
pub struct HashingPool {
    workers: Workers<Derivation>,
}

impl HashingPool {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the operating system has no more threads.
    pub fn start(settings: HashingSettings) -> io::Result<Self> {
        let workers = Workers::start(settings.threads.max(1), settings.queue, IDLE)?;
        Ok(Self { workers })
    }

    /// Hashes a new password.
    ///
    /// # Errors
    /// [`HashingError::Busy`] at once when too many wait; [`HashingError::Broken`].
    pub async fn hash(&self, password: Password) -> Result<StoredHash, HashingError> {
        let recipe = Recipe::today(random_salt()?);
        let key = self.derive(password, recipe.clone()).await?;
        recipe.stored(&key)
    }

    /// Compares a password with a stored hash. Every call does the whole work: no verdict is
    /// shared or kept.
    ///
    /// # Errors
    /// [`HashingError::Busy`] at once when too many wait; [`HashingError::Broken`] when the
    /// stored hash is damaged or would take an absurd amount of work.
    pub async fn verify(
        &self,
        password: Password,
        hash: StoredHash,
    ) -> Result<Verdict, HashingError> {
        let (recipe, expected) = hash.read()?;
        let is_outdated = recipe.is_outdated();
        let key = self.derive(password, recipe).await?;
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

    async fn derive(&self, password: Password, recipe: Recipe) -> Result<Key, HashingError> {
        let (reply, key) = oneshot::channel();
        let job = Derivation::new(password, recipe, reply);
        self.workers.push(job).map_err(HashingError::Busy)?;
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
