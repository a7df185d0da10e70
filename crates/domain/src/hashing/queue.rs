//! The bounded queue of the hashing threads.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::{
    fair_queue::FairQueue,
    flow::{AccountKey, Flow},
    workers::Job,
};

/// Jobs that wait for a thread, in the order of [`FairQueue`].
#[derive(Debug)]
pub(super) struct JobQueue<J> {
    capacity: usize,
    waiting: Mutex<HashQueueState<J>>,
    changed: Condvar,
}

#[derive(Debug)]
struct HashQueueState<J> {
    jobs: FairQueue<J>,
    is_closed: bool,
}

/// What a thread does next.
#[derive(Debug)]
pub(super) enum NextJob<J> {
    /// Run this job.
    Job(J),
    /// No job has arrived for a while.
    Idle,
    /// The queue is closed; the thread ends.
    Closed,
}

/// The queue is full.
#[derive(Debug)]
pub(super) struct HashQueueFull;

impl<J: Job> JobQueue<J> {
    /// A queue of at most `capacity` waiting jobs.
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            capacity: capacity.max(1),
            waiting: Mutex::new(HashQueueState {
                jobs: FairQueue::new(),
                is_closed: false,
            }),
            changed: Condvar::new(),
        }
    }

    /// Adds a job. In a full queue, jobs whose callers have gone make room for it; otherwise the
    /// newest job of the longest flow does, which is returned.
    ///
    /// # Errors
    /// [`HashQueueFull`] if no other flow is longer than this one.
    pub(super) fn push(
        &self,
        flow: Flow,
        account: AccountKey,
        job: J,
    ) -> Result<Option<J>, HashQueueFull> {
        let mut waiting = self.lock();
        let mut evicted = None;
        if waiting.jobs.len() >= self.capacity {
            waiting.jobs.retain(|job| !job.is_abandoned());
        }
        if waiting.jobs.len() >= self.capacity {
            evicted = Some(waiting.jobs.evict_for(flow).ok_or(HashQueueFull)?);
        }
        waiting.jobs.push(flow, account, job);
        drop(waiting);
        self.changed.notify_one();
        Ok(evicted)
    }

    /// Removes the next job that a caller still waits for. Without one, waits for `patience`, or
    /// for ever if it is `None`.
    pub(super) fn pop(&self, patience: Option<Duration>) -> NextJob<J> {
        let mut waiting = self.lock();
        loop {
            if waiting.is_closed {
                return NextJob::Closed;
            }
            while let Some(job) = waiting.jobs.pop() {
                if !job.is_abandoned() {
                    return NextJob::Job(job);
                }
            }
            let Some(patience) = patience else {
                waiting = self
                    .changed
                    .wait(waiting)
                    .unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let (changed, timeout) = self
                .changed
                .wait_timeout_while(waiting, patience, |waiting| {
                    waiting.jobs.is_empty() && !waiting.is_closed
                })
                .unwrap_or_else(PoisonError::into_inner);
            if timeout.timed_out() {
                return NextJob::Idle;
            }
            waiting = changed;
        }
    }

    /// Drops all waiting jobs and wakes every thread, so that it ends.
    pub(super) fn close(&self) {
        let mut waiting = self.lock();
        waiting.is_closed = true;
        waiting.jobs = FairQueue::new();
        drop(waiting);
        self.changed.notify_all();
    }

    /// Number of waiting jobs.
    pub(super) fn len(&self) -> usize {
        self.lock().jobs.len()
    }

    /// Nothing that runs under the lock can leave the queue inconsistent, so a poisoned lock is
    /// used.
    fn lock(&self) -> MutexGuard<'_, HashQueueState<J>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
