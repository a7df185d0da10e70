//! A fair queue of reads.
//!
//! A read can wait for the store, render for a while, and hold memory meanwhile. So only a limited
//! number of reads run at once, and others wait. Sources take turns in the queue, and each has only a
//! part of the slots and of the queue. A read that waits too long is refused. A source that sends as
//! much as it can therefore delays others only while its own share is busy.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use domain::Source;
use tokio::{sync::oneshot, time::timeout};

/// Number of slots for each processor. Most reads spend their time waiting for a thread or for
/// Elasticsearch.
const PLACES: usize = 8;
/// One source may have this fraction of all slots at once.
const SHARE: usize = 4;
/// Maximum number of reads that wait.
const MOST_WAITING: usize = 1_024;
/// Maximum number of reads of one source that wait.
const MOST_WAITING_OF_ONE: usize = 64;
/// Maximum time that a read waits.
const PATIENCE: Duration = Duration::from_secs(3);

/// The queue; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct ReadQueue(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Maximum number of running reads of one source.
    share: usize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    free: usize,
    waiting: usize,
    sources: HashMap<Source, Reads>,
    /// The sources with waiting reads; the first one is served next.
    turns: VecDeque<Source>,
}

/// The reads of one source.
#[derive(Debug, Default)]
struct Reads {
    running: usize,
    waiting: VecDeque<oneshot::Sender<ReadPlace>>,
}

/// The slot of a running read; dropping it frees the slot.
#[derive(Debug)]
pub(crate) struct ReadPlace {
    queue: ReadQueue,
    source: Source,
}

/// The queue is full, or the read has waited too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl ReadQueue {
    /// A queue with slots for the processors of this machine.
    pub(crate) fn for_this_machine() -> Self {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        Self::new(PLACES * processors)
    }

    fn new(places: usize) -> Self {
        Self(Arc::new(Inner {
            share: places.div_ceil(SHARE),
            state: Mutex::new(State {
                free: places,
                waiting: 0,
                sources: HashMap::new(),
                turns: VecDeque::new(),
            }),
        }))
    }

    /// Takes a slot, or waits for one.
    pub(crate) async fn enter(&self, source: Source) -> Result<ReadPlace, Full> {
        let place = {
            let mut state = self.lock();
            if state.may_run(source, self.0.share) {
                state.run(source);
                return Ok(self.place(source));
            }
            state.wait(source)?
        };
        // A slot that is sent after the timeout is dropped with the channel, which frees it again.
        match timeout(PATIENCE, place).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) => Err(Full),
            Err(_) => {
                self.serve();
                Err(Full)
            }
        }
    }

    fn place(&self, source: Source) -> ReadPlace {
        ReadPlace {
            queue: self.clone(),
            source,
        }
    }

    fn leave(&self, source: Source) {
        self.lock().leave(source);
        self.serve();
    }

    /// Gives free slots to waiting reads.
    fn serve(&self) {
        loop {
            let Some((source, waiter)) = self.lock().next(self.0.share) else {
                return;
            };
            // If the receiver has given up the slot is dropped here, which must not happen under the lock.
            drop(waiter.send(self.place(source)));
        }
    }

    /// A panic under the lock leaves a consistent state, so a poisoned lock is still used.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ReadPlace {
    fn drop(&mut self) {
        self.queue.leave(self.source);
    }
}

impl State {
    fn may_run(&self, source: Source, share: usize) -> bool {
        let running = self.sources.get(&source).map_or(0, |reads| reads.running);
        self.free > 0 && running < share
    }

    fn run(&mut self, source: Source) {
        self.free -= 1;
        self.sources.entry(source).or_default().running += 1;
    }

    fn wait(&mut self, source: Source) -> Result<oneshot::Receiver<ReadPlace>, Full> {
        self.forget_gone(source);
        let reads = self.sources.entry(source).or_default();
        if self.waiting >= MOST_WAITING || reads.waiting.len() >= MOST_WAITING_OF_ONE {
            self.forget_idle(source);
            return Err(Full);
        }
        let (waiter, place) = oneshot::channel();
        if reads.waiting.is_empty() {
            self.turns.push_back(source);
        }
        reads.waiting.push_back(waiter);
        self.waiting += 1;
        Ok(place)
    }

    fn leave(&mut self, source: Source) {
        self.free += 1;
        if let Some(reads) = self.sources.get_mut(&source) {
            reads.running -= 1;
        }
        self.forget_idle(source);
    }

    /// The next waiting read that may run; its slot is counted as taken.
    fn next(&mut self, share: usize) -> Option<(Source, oneshot::Sender<ReadPlace>)> {
        for _ in 0..self.turns.len() {
            let source = self.turns.pop_front()?;
            self.forget_gone(source);
            let may_run = self.may_run(source, share);
            let Some(reads) = self.sources.get_mut(&source) else {
                continue;
            };
            let waiter = may_run.then(|| reads.waiting.pop_front()).flatten();
            if !reads.waiting.is_empty() {
                self.turns.push_back(source);
            }
            let Some(waiter) = waiter else {
                self.forget_idle(source);
                continue;
            };
            self.waiting -= 1;
            self.run(source);
            return Some((source, waiter));
        }
        None
    }

    /// Removes the waiting reads of a source that have given up.
    fn forget_gone(&mut self, source: Source) {
        if let Some(reads) = self.sources.get_mut(&source) {
            let before = reads.waiting.len();
            reads.waiting.retain(|waiter| !waiter.is_closed());
            self.waiting -= before - reads.waiting.len();
            if reads.waiting.is_empty() && before > 0 {
                self.turns.retain(|turn| *turn != source);
            }
        }
    }

    fn forget_idle(&mut self, source: Source) {
        let is_idle = |reads: &Reads| reads.running == 0 && reads.waiting.is_empty();
        if self.sources.get(&source).is_some_and(is_idle) {
            self.sources.remove(&source);
        }
    }
}

#[cfg(test)]
mod tests;
