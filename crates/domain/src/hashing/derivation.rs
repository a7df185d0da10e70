//! One password on its way through the pool.

use std::time::Duration;

use tokio::sync::oneshot;
use types::Password;
use zeroize::Zeroizing;

use super::{HashingError, memory::Memory, stored_hash::Recipe, workers::Job};

/// What Argon2 makes of a password; cleared when it is dropped.
pub(super) type Key = Zeroizing<Vec<u8>>;

/// A password, what is to be done with it, and who waits for it.
#[derive(Debug)]
pub(super) struct Derivation {
    password: Password,
    recipe: Recipe,
    reply: oneshot::Sender<Result<Key, HashingError>>,
}

impl Derivation {
    /// A job for the pool.
    pub(super) fn new(
        password: Password,
        recipe: Recipe,
        reply: oneshot::Sender<Result<Key, HashingError>>,
    ) -> Self {
        Self {
            password,
            recipe,
            reply,
        }
    }
}

impl Job for Derivation {
    fn is_abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    fn run(self, memory: &mut Memory) {
        let key = self.recipe.derive(self.password.expose(), memory);
        // Whoever asked may have gone meanwhile; then the key is dropped, and cleared.
        let _ = self.reply.send(key);
    }

    fn refuse(self, wait: Duration) {
        // As above.
        let _ = self.reply.send(Err(HashingError::Busy(wait)));
    }
}
