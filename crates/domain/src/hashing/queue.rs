//! The bounded queue before the threads.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::workers::Job;

/// Jobs that wait for a thread, the oldest first.
#[derive(Debug)]
pub(super) struct Queue<J> {
    capacity: usize,
    waiting: Mutex<Waiting<J>>,
    changed: Condvar,
}

#[derive(Debug)]
struct Waiting<J> {
    jobs: VecDeque<J>,
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
                jobs: VecDeque::new(),
                is_closed: false,
            }),
            changed: Condvar::new(),
        }
    }

    /// Puts a job at the end, or says at once that there is no room. Jobs whose callers have gone
    /// make room for it.
    pub(super) fn push(&self, job: J) -> Result<(), Full> {
        let mut waiting = self.lock();
        if waiting.jobs.len() >= self.capacity {
            waiting.jobs.retain(|job| !job.is_abandoned());
        }
        if waiting.jobs.len() >= self.capacity {
            return Err(Full);
        }
        waiting.jobs.push_back(job);
        drop(waiting);
        self.changed.notify_one();
        Ok(())
    }

    /// Takes the oldest job that somebody still waits for. Without one, waits for it: for as long
    /// as `patience` lasts, or for ever.
    pub(super) fn pop(&self, patience: Option<Duration>) -> Next<J> {
        let mut waiting = self.lock();
        loop {
            if waiting.is_closed {
                return Next::Closed;
            }
            while let Some(job) = waiting.jobs.pop_front() {
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
        waiting.jobs.clear();
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
