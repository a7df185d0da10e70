//! A bound on the bytes of responses in flight.
//!
//! A node holds each response in its heap until it is sent, and this process holds it until it is
//! decoded. Without a bound, concurrent requests exceed the memory of a node with 512 MB, and it
//! dies.

use tokio::sync::{Semaphore, SemaphorePermit};

/// Maximum size of one response with documents, in bytes; a single larger document is allowed.
pub(crate) const MOST_BYTES: usize = 4 * 1024 * 1024;
/// Maximum size of all large responses in flight, in bytes.
const ALL_BYTES: usize = 32 * 1024 * 1024;
/// Maximum size of a small document, in bytes. Reads of small documents do not wait: a session
/// must not wait behind lists of other requests, even when many sessions share a request. Their
/// number is bounded by the number of connections.
const SMALL: usize = 64 * 1024;
/// Maximum number of documents of this size whose responses are in flight at once.
pub(crate) fn most_at_once(largest: usize) -> usize {
    (ALL_BYTES / largest).max(1)
}

/// Bytes per permit of the semaphore.
const UNIT: usize = 1_024;

/// Permission for a response to be in flight, until it is dropped; `None` if it does not count.
pub(crate) type ResponsePermit<'a> = Option<SemaphorePermit<'a>>;

/// The responses in flight.
#[derive(Debug)]
pub(crate) struct ResponseBudget(Semaphore);

impl Default for ResponseBudget {
    fn default() -> Self {
        Self(Semaphore::new(ALL_BYTES / UNIT))
    }
}

impl ResponseBudget {
    /// Waits until a response of at most `bytes` with documents of at most `largest` bytes may be
    /// in flight. A response with small documents takes permits if there are any, and does not
    /// wait.
    pub(crate) async fn acquire(&self, bytes: usize, largest: usize) -> ResponsePermit<'_> {
        let permits = bytes.min(ALL_BYTES).div_ceil(UNIT);
        let permits = u32::try_from(permits).ok()?;
        if largest <= SMALL {
            return self.0.try_acquire_many(permits).ok();
        }
        // The semaphore is never closed.
        self.0.acquire_many(permits).await.ok()
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn answers_wait_for_each_other_and_those_of_small_documents_for_nothing() {
        let answers = ResponseBudget::default();
        let count = ALL_BYTES / MOST_BYTES;
        let mut held = Vec::new();
        for _ in 0..count {
            held.push(answers.acquire(MOST_BYTES, MOST_BYTES).await.unwrap());
        }
        for documents in [1, 13, 64] {
            let small = answers.acquire(documents * SMALL, SMALL).now_or_never();
            assert!(small.is_some(), "{documents} small documents must not wait");
        }
        let mut waiting = Box::pin(answers.acquire(SMALL + 1, SMALL + 1));
        assert!((&mut waiting).now_or_never().is_none(), "it must wait");
        held.pop();
        assert!(waiting.await.is_some());
    }

    #[tokio::test]
    async fn answers_of_small_documents_count_where_there_is_room() {
        let answers = ResponseBudget::default();
        let small = answers.acquire(ALL_BYTES, SMALL).await;
        assert!(small.is_some());
        let mut waiting = Box::pin(answers.acquire(MOST_BYTES, MOST_BYTES));
        assert!((&mut waiting).now_or_never().is_none(), "it must wait");
        drop(small);
        assert!(waiting.await.is_some());
    }

    #[tokio::test]
    async fn what_is_larger_than_everything_waits_until_it_is_alone() {
        let answers = ResponseBudget::default();
        let held = answers.acquire(SMALL + 1, SMALL + 1).await.unwrap();
        let mut waiting = Box::pin(answers.acquire(2 * ALL_BYTES, 2 * ALL_BYTES));
        assert!((&mut waiting).now_or_never().is_none(), "it must wait");
        drop(held);
        assert!(waiting.await.is_some());
    }
}
