//! How many bytes of answers may be under way.
//!
//! A node holds each answer in its heap until it is sent, and we hold it until it is decoded. Without
//! a bound, what many ask for at once is more than a node of 512 MB has, and it ends.

use tokio::sync::{Semaphore, SemaphorePermit};

/// Maximum size of one answer with documents, in bytes; a single document may have more.
pub(super) const MOST_BYTES: usize = 4 * 1024 * 1024;
/// Maximum size of all answers with documents that are under way, in bytes, unless they are small.
const ALL_BYTES: usize = 32 * 1024 * 1024;
/// Maximum size of an answer that waits for nobody, in bytes: reads of a session must not wait
/// behind lists of others. There are no more of them than connections.
const SMALL: usize = 64 * 1024;
/// Maximum number of documents of this size whose answers are under way at once.
pub(super) fn most_at_once(largest: usize) -> usize {
    (ALL_BYTES / largest).max(1)
}

/// A permit is a kibibyte.
const UNIT: usize = 1_024;

/// Room for an answer, until it is dropped; `None` for a small one.
pub(super) type Room<'a> = Option<SemaphorePermit<'a>>;

/// The answers that are under way.
#[derive(Debug)]
pub(super) struct Answers(Semaphore);

impl Default for Answers {
    fn default() -> Self {
        Self(Semaphore::new(ALL_BYTES / UNIT))
    }
}

impl Answers {
    /// Waits until there is room for an answer of at most `bytes`, and takes it.
    pub(super) async fn room_for(&self, bytes: usize) -> Room<'_> {
        if bytes <= SMALL {
            return None;
        }
        let permits = bytes.min(ALL_BYTES).div_ceil(UNIT);
        let permits = u32::try_from(permits).ok()?;
        // It is never closed.
        self.0.acquire_many(permits).await.ok()
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn answers_wait_for_room_and_small_ones_for_nobody() {
        let answers = Answers::default();
        let count = ALL_BYTES / MOST_BYTES;
        let mut held = Vec::new();
        for _ in 0..count {
            held.push(answers.room_for(MOST_BYTES).await.unwrap());
        }
        assert!(answers.room_for(SMALL).await.is_none());
        let mut waiting = Box::pin(answers.room_for(SMALL + 1));
        assert!((&mut waiting).now_or_never().is_none(), "it must wait");
        held.pop();
        assert!(waiting.await.is_some());
    }

    #[tokio::test]
    async fn what_is_larger_than_everything_waits_until_it_is_alone() {
        let answers = Answers::default();
        let held = answers.room_for(SMALL + 1).await.unwrap();
        let mut waiting = Box::pin(answers.room_for(2 * ALL_BYTES));
        assert!((&mut waiting).now_or_never().is_none(), "it must wait");
        drop(held);
        assert!(waiting.await.is_some());
    }
}
