//! A bounded queue from the tasks of Tokio to threads.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::documents::StoreError;
use tokio::{sync::Semaphore, time::timeout};

/// Maximum number of waiting calls. Enough to fill several commits, few enough that the last call
/// is answered in well under a second on a working disk.
const PLACES: usize = 1024;

/// Maximum time that a call waits for a place. A queue that stays full for so long means that the
/// disk hangs, and an error is better than waiting.
const PATIENCE: Duration = Duration::from_secs(5);

/// Calls on their way to the threads that carry them out.
pub(crate) struct Queue<T> {
    places: Semaphore,
    line: Mutex<WriteQueueState<T>>,
    changed: Condvar,
}

struct WriteQueueState<T> {
    calls: VecDeque<T>,
    open: bool,
}

impl<T> Queue<T> {
    pub(crate) fn new() -> Self {
        Self {
            places: Semaphore::new(PLACES),
            line: Mutex::new(WriteQueueState {
                calls: VecDeque::new(),
                open: true,
            }),
            changed: Condvar::new(),
        }
    }

    /// Adds a call; waits while the queue is full.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if there is no place within five seconds, or the thread has
    /// ended.
    pub(crate) async fn push(&self, call: T) -> Result<(), StoreError> {
        let place = match self.places.try_acquire() {
            Ok(place) => place,
            Err(_) => timeout(PATIENCE, self.places.acquire())
                .await
                .map_err(|_| StoreError::Unavailable("too many calls are waiting".to_owned()))?
                .map_err(|_| stopped())?,
        };
        let mut line = self.line();
        if !line.open {
            return Err(stopped());
        }
        place.forget();
        line.calls.push_back(call);
        drop(line);
        self.changed.notify_one();
        Ok(())
    }

    /// Waits for calls and removes up to `most` of them; empty if the queue is closed and empty.
    pub(crate) fn take(&self, most: usize) -> Vec<T> {
        let mut line = self
            .changed
            .wait_while(self.line(), |line| line.calls.is_empty() && line.open)
            .unwrap_or_else(PoisonError::into_inner);
        let count = line.calls.len().min(most);
        let taken = line.calls.drain(..count).collect();
        drop(line);
        self.places.add_permits(count);
        taken
    }

    /// Rejects further calls; waiting calls are still carried out.
    pub(crate) fn close(&self) {
        self.line().open = false;
        self.places.close();
        self.changed.notify_all();
    }

    /// Rejects further calls and drops the waiting ones, because no thread is left to carry them
    /// out.
    pub(crate) fn abandon(&self) {
        self.close();
        let dropped = std::mem::take(&mut self.line().calls);
        drop(dropped);
    }

    #[cfg(test)]
    pub(crate) fn waiting(&self) -> usize {
        self.line().calls.len()
    }

    fn line(&self) -> MutexGuard<'_, WriteQueueState<T>> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The error of a call that no thread will carry out.
pub(crate) fn stopped() -> StoreError {
    StoreError::Unavailable("the store has stopped".to_owned())
}

/// Abandons the queue when its thread ends, even by a panic, so that no caller waits for ever.
pub(crate) struct AbandonAtEnd<'a, T>(pub(crate) &'a Queue<T>);

impl<T> Drop for AbandonAtEnd<'_, T> {
    fn drop(&mut self) {
        self.0.abandon();
    }
}

#[cfg(test)]
mod tests {
    use super::{PLACES, Queue, StoreError};

    #[tokio::test(start_paused = true)]
    async fn a_full_queue_is_waited_for_and_then_unavailable() {
        let queue = Queue::new();
        for number in 0..PLACES {
            queue.push(number).await.unwrap();
        }
        let refused = queue.push(PLACES).await;
        assert!(matches!(refused, Err(StoreError::Unavailable(_))));

        let (pushed, taken) = tokio::join!(queue.push(PLACES), async { queue.take(1) });
        assert_eq!((pushed.is_ok(), taken), (true, vec![0]));
        assert_eq!(queue.take(2 * PLACES), (1..=PLACES).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_closed_queue_lets_nothing_in_and_gives_out_what_it_has() {
        let queue = Queue::new();
        queue.push(1).await.unwrap();
        queue.close();
        assert!(matches!(
            queue.push(2).await,
            Err(StoreError::Unavailable(_))
        ));
        assert_eq!((queue.take(9), queue.take(9)), (vec![1], vec![]));
    }
}
