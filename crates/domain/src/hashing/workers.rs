//! The hashing threads.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::{
    flow::{AccountKey, Flow},
    memory::HashMemory,
    queue::{JobQueue, NextJob},
};
use crate::thread_priority;

/// A job that a thread runs with its own memory.
pub(super) trait Job: Send + 'static {
    /// True if no caller waits for it any more.
    fn is_abandoned(&self) -> bool;

    /// Runs the job.
    fn run(self, memory: &mut HashMemory);

    /// Rejects the job, which was evicted from the queue; a retry is sensible after `wait`.
    fn refuse(self, wait: Duration);
}

/// The threads, their queue and their speed.
#[derive(Debug)]
pub(super) struct Workers<J: Job> {
    queue: Arc<JobQueue<J>>,
    pace: Arc<AverageJobTime>,
    threads: Vec<JoinHandle<()>>,
}

impl<J: Job> Workers<J> {
    /// Starts `threads` threads with a queue of `capacity` jobs; each frees its memory when no job
    /// has arrived for `idle`.
    pub(super) fn start(threads: usize, capacity: usize, idle: Duration) -> io::Result<Self> {
        let mut workers = Self {
            queue: Arc::new(JobQueue::new(capacity)),
            pace: Arc::new(AverageJobTime::default()),
            threads: Vec::with_capacity(threads),
        };
        for number in 0..threads {
            let (queue, pace) = (Arc::clone(&workers.queue), Arc::clone(&workers.pace));
            let thread = thread::Builder::new()
                .name(format!("hashing-{number}"))
                .spawn(move || work(&queue, &pace, idle))?;
            workers.threads.push(thread);
        }
        Ok(workers)
    }

    /// Queues a job, or returns the time after which a retry is sensible. A job that is evicted
    /// for it is rejected.
    pub(super) fn push(&self, flow: Flow, account: AccountKey, job: J) -> Result<(), Duration> {
        let evicted = self.queue.push(flow, account, job);
        let evicted = evicted.map_err(|_| self.retry_after())?;
        if let Some(evicted) = evicted {
            evicted.refuse(self.retry_after());
        }
        Ok(())
    }

    /// Number of waiting jobs.
    pub(super) fn queue_len(&self) -> usize {
        self.queue.len()
    }

    /// The time in which the threads empty the queue; at least a second, because `Retry-After` has
    /// whole seconds.
    pub(super) fn retry_after(&self) -> Duration {
        let jobs = u32::try_from(self.queue.len() / self.threads.len().max(1)).unwrap_or(u32::MAX);
        self.pace
            .per_job()
            .saturating_mul(jobs)
            .max(Duration::from_secs(1))
    }
}

/// Waits for the threads; each finishes the job that it runs.
impl<J: Job> Drop for Workers<J> {
    fn drop(&mut self) {
        self.queue.close();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a hashing thread had panicked");
            }
        }
    }
}

fn work<J: Job>(queue: &JobQueue<J>, pace: &AverageJobTime, idle: Duration) {
    if let Err(error) = thread_priority::lower() {
        tracing::warn!(%error, "passwords are hashed at normal priority");
    }
    let mut memory = HashMemory::default();
    loop {
        // A thread without memory has nothing to free, so it need not wake up for that.
        let patience = (memory.held() > 0).then_some(idle);
        match queue.pop(patience) {
            NextJob::Job(job) => run(job, &mut memory, pace),
            NextJob::Idle => memory.release(),
            NextJob::Closed => return memory.release(),
        }
    }
}

/// Runs a job. If it panics, its caller gets no answer, and the thread continues.
fn run<J: Job>(job: J, memory: &mut HashMemory, pace: &AverageJobTime) {
    let start = Instant::now();
    if catch_unwind(AssertUnwindSafe(|| job.run(memory))).is_err() {
        tracing::error!("a hash panicked");
        return memory.release();
    }
    pace.note(start.elapsed());
    memory.release_excess();
}

/// The moving average of the time of a job, in microseconds.
#[derive(Debug)]
struct AverageJobTime(AtomicU64);

impl Default for AverageJobTime {
    /// An estimate that the first jobs correct.
    fn default() -> Self {
        Self(AtomicU64::new(20_000))
    }
}

impl AverageJobTime {
    fn per_job(&self) -> Duration {
        Duration::from_micros(self.0.load(Ordering::Relaxed))
    }

    /// Adds a measurement. Of two threads that add at the same time, one measurement may be lost,
    /// which does not matter for an average.
    fn note(&self, took: Duration) {
        let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let average = self.0.load(Ordering::Relaxed);
        let next = average - average / 8 + took / 8;
        self.0.store(next, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
