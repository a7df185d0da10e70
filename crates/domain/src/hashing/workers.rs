//! The threads that hash.

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
    memory::Memory,
    queue::{Next, Queue},
};
use crate::thread_priority;

/// Something for a thread to do with its memory.
pub(super) trait Job: Send + 'static {
    /// Whether nobody waits for it any more.
    fn is_abandoned(&self) -> bool;

    /// Does it.
    fn run(self, memory: &mut Memory);

    /// Gives up its place in the queue; another try is worth while after this time.
    fn refuse(self, wait: Duration);
}

/// Threads, the queue that they serve, and how fast they do.
#[derive(Debug)]
pub(super) struct Workers<J: Job> {
    queue: Arc<Queue<J>>,
    pace: Arc<Pace>,
    threads: Vec<JoinHandle<()>>,
}

impl<J: Job> Workers<J> {
    /// Starts `threads` threads behind a queue of `capacity`; each gives its memory back when
    /// nothing has come for `idle`.
    pub(super) fn start(threads: usize, capacity: usize, idle: Duration) -> io::Result<Self> {
        let mut workers = Self {
            queue: Arc::new(Queue::new(capacity)),
            pace: Arc::new(Pace::default()),
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

    /// Queues a job, or says at once after how long there may be room again. The job that had to
    /// make room for it is refused.
    pub(super) fn push(&self, flow: Flow, account: AccountKey, job: J) -> Result<(), Duration> {
        let evicted = self.queue.push(flow, account, job);
        let evicted = evicted.map_err(|_| self.retry_after())?;
        if let Some(evicted) = evicted {
            evicted.refuse(self.retry_after());
        }
        Ok(())
    }

    /// How many jobs wait.
    pub(super) fn queue_len(&self) -> usize {
        self.queue.len()
    }

    /// The time in which the threads empty the queue; at least a second, because clients are told
    /// whole seconds.
    pub(super) fn retry_after(&self) -> Duration {
        let jobs = u32::try_from(self.queue.len() / self.threads.len().max(1)).unwrap_or(u32::MAX);
        self.pace
            .per_job()
            .saturating_mul(jobs)
            .max(Duration::from_secs(1))
    }
}

/// Waits for the threads, each of which finishes what it has begun.
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

fn work<J: Job>(queue: &Queue<J>, pace: &Pace, idle: Duration) {
    if let Err(error) = thread_priority::lower() {
        tracing::warn!(%error, "passwords are hashed at normal priority");
    }
    let mut memory = Memory::default();
    loop {
        // A thread that holds nothing has nothing to give back, so it need not wake up for it.
        let patience = (memory.held() > 0).then_some(idle);
        match queue.pop(patience) {
            Next::Job(job) => run(job, &mut memory, pace),
            Next::Idle => memory.release(),
            Next::Closed => return memory.release(),
        }
    }
}

/// A job that panics costs its caller the answer, and nobody else anything.
fn run<J: Job>(job: J, memory: &mut Memory, pace: &Pace) {
    let start = Instant::now();
    if catch_unwind(AssertUnwindSafe(|| job.run(memory))).is_err() {
        tracing::error!("a hash panicked");
        return memory.release();
    }
    pace.note(start.elapsed());
    memory.release_excess();
}

/// How long a job takes, averaged over the last few, in microseconds.
#[derive(Debug)]
struct Pace(AtomicU64);

impl Default for Pace {
    /// A guess that the first jobs correct.
    fn default() -> Self {
        Self(AtomicU64::new(20_000))
    }
}

impl Pace {
    fn per_job(&self) -> Duration {
        Duration::from_micros(self.0.load(Ordering::Relaxed))
    }

    /// Two threads that note at once may lose one of the two, which is no harm to an average.
    fn note(&self, took: Duration) {
        let took = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let average = self.0.load(Ordering::Relaxed);
        let next = average - average / 8 + took / 8;
        self.0.store(next, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
