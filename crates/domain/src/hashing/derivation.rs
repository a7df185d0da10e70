//! The job of the pool: one password to hash.

use std::time::Duration;

use tokio::sync::oneshot;
use types::Password;
use zeroize::Zeroizing;

use super::{HashingError, memory::HashMemory, stored_hash::HashParameters, workers::Job};

/// The output of Argon2; cleared when it is dropped.
pub(super) type DerivedKey = Zeroizing<Vec<u8>>;

/// A password with the parameters of its hash and the channel of the caller.
#[derive(Debug)]
pub(super) struct HashJob {
    password: Password,
    recipe: HashParameters,
    reply: oneshot::Sender<Result<DerivedKey, HashingError>>,
}

impl HashJob {
    /// A job that sends its result on `reply`.
    pub(super) fn new(
        password: Password,
        recipe: HashParameters,
        reply: oneshot::Sender<Result<DerivedKey, HashingError>>,
    ) -> Self {
        Self {
            password,
            recipe,
            reply,
        }
    }
}

impl Job for HashJob {
    fn is_abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    fn run(self, memory: &mut HashMemory) {
        let key = self.recipe.derive(self.password.expose(), memory);
        // The caller may have gone meanwhile; the key is then dropped, and so cleared.
        let _ = self.reply.send(key);
    }

    fn refuse(self, wait: Duration) {
        // The caller may have gone here too.
        let _ = self.reply.send(Err(HashingError::Busy(wait)));
    }
}
