//! The bounded queue before the threads.

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
pub(super) struct Queue<J> {
    capacity: usize,
    waiting: Mutex<Waiting<J>>,
    changed: Condvar,
}

#[derive(Debug)]
struct Waiting<J> {
    jobs: FairQueue<J>,
    is_closed: bool,
}

/// What a thread is to do next.
#[derive(Debug)]
pub(super) enum Next<J> {
    /// This.
    Job(J),
    /// Nothing has come for a while.
    Idle,
    /// Nothing will come any more.
    Closed,
}

/// As many jobs wait as may.
#[derive(Debug)]
pub(super) struct Full;

impl<J: Job> Queue<J> {
    /// A queue in which at most `capacity` jobs wait.
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            capacity: capacity.max(1),
            waiting: Mutex::new(Waiting {
                jobs: FairQueue::new(),
                is_closed: false,
            }),
            changed: Condvar::new(),
        }
    }

    /// Adds a job. In a full queue, jobs whose callers have gone make room for it, then the newest
    /// job of the flow that has most, which is returned.
    ///
    /// # Errors
    /// [`Full`] when no other flow has more than this one.
    pub(super) fn push(&self, flow: Flow, account: AccountKey, job: J) -> Result<Option<J>, Full> {
        let mut waiting = self.lock();
        let mut evicted = None;
        if waiting.jobs.len() >= self.capacity {
            waiting.jobs.retain(|job| !job.is_abandoned());
        }
        if waiting.jobs.len() >= self.capacity {
            evicted = Some(waiting.jobs.evict_for(flow).ok_or(Full)?);
        }
        waiting.jobs.push(flow, account, job);
        drop(waiting);
        self.changed.notify_one();
        Ok(evicted)
    }

    /// Takes the next job that somebody still waits for. Without one, waits for it: for as long
    /// as `patience` lasts, or for ever.
    pub(super) fn pop(&self, patience: Option<Duration>) -> Next<J> {
        let mut waiting = self.lock();
        loop {
            if waiting.is_closed {
                return Next::Closed;
            }
            while let Some(job) = waiting.jobs.pop() {
                if !job.is_abandoned() {
                    return Next::Job(job);
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
                return Next::Idle;
            }
            waiting = changed;
        }
    }

    /// Drops what waits and lets every thread know that nothing will come any more.
    pub(super) fn close(&self) {
        let mut waiting = self.lock();
        waiting.is_closed = true;
        waiting.jobs = FairQueue::new();
        drop(waiting);
        self.changed.notify_all();
    }

    /// How many jobs wait.
    pub(super) fn len(&self) -> usize {
        self.lock().jobs.len()
    }

    /// Nothing that runs under the lock leaves the queue half changed.
    fn lock(&self) -> MutexGuard<'_, Waiting<J>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
