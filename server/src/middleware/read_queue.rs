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

use domain::ClientNetwork;
use tokio::{sync::oneshot, time::timeout};

/// Number of slots for each processor. Most reads spend their time waiting for a thread or for
/// Elasticsearch.
const SLOTS_PER_CPU: usize = 8;
/// One source may have this fraction of all slots at once.
const SOURCE_SHARE: usize = 4;
/// Maximum number of reads that wait.
const MAX_WAITING: usize = 1_024;
/// Maximum number of reads of one source that wait.
const MAX_WAITING_PER_SOURCE: usize = 64;
/// Maximum time that a read waits.
const MAX_WAIT: Duration = Duration::from_secs(3);

/// The queue; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct ReadQueue(Arc<QueueInner>);

#[derive(Debug)]
struct QueueInner {
    /// Maximum number of running reads of one source.
    share: usize,
    state: Mutex<ReadQueueState>,
}

#[derive(Debug)]
struct ReadQueueState {
    free: usize,
    waiting: usize,
    sources: HashMap<ClientNetwork, SourceReads>,
    /// The sources with waiting reads; the first one is served next.
    turns: VecDeque<ClientNetwork>,
}

/// The reads of one source.
#[derive(Debug, Default)]
struct SourceReads {
    running: usize,
    waiting: VecDeque<oneshot::Sender<ReadSlot>>,
}

/// The slot of a running read; dropping it frees the slot.
#[derive(Debug)]
pub(crate) struct ReadSlot {
    queue: ReadQueue,
    source: ClientNetwork,
}

/// The queue is full, or the read has waited too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QueueFull;

impl ReadQueue {
    /// A queue with slots for the processors of this machine.
    pub(crate) fn for_this_machine() -> Self {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        Self::new(SLOTS_PER_CPU * processors)
    }

    fn new(places: usize) -> Self {
        Self(Arc::new(QueueInner {
            share: places.div_ceil(SOURCE_SHARE),
            state: Mutex::new(ReadQueueState {
                free: places,
                waiting: 0,
                sources: HashMap::new(),
                turns: VecDeque::new(),
            }),
        }))
    }

    /// Takes a slot, or waits for one.
    pub(crate) async fn enter(&self, source: ClientNetwork) -> Result<ReadSlot, QueueFull> {
        let place = {
            let mut state = self.lock();
            if state.may_run(source, self.0.share) {
                state.run(source);
                return Ok(self.place(source));
            }
            state.wait(source)?
        };
        // A slot that is sent after the timeout is dropped with the channel, which frees it again.
        match timeout(MAX_WAIT, place).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) => Err(QueueFull),
            Err(_) => {
                self.serve();
                Err(QueueFull)
            }
        }
    }

    fn place(&self, source: ClientNetwork) -> ReadSlot {
        ReadSlot {
            queue: self.clone(),
            source,
        }
    }

    fn leave(&self, source: ClientNetwork) {
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
    fn lock(&self) -> MutexGuard<'_, ReadQueueState> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ReadSlot {
    fn drop(&mut self) {
        self.queue.leave(self.source);
    }
}

impl ReadQueueState {
    fn may_run(&self, source: ClientNetwork, share: usize) -> bool {
        let running = self.sources.get(&source).map_or(0, |reads| reads.running);
        self.free > 0 && running < share
    }

    fn run(&mut self, source: ClientNetwork) {
        self.free -= 1;
        self.sources.entry(source).or_default().running += 1;
    }

    fn wait(&mut self, source: ClientNetwork) -> Result<oneshot::Receiver<ReadSlot>, QueueFull> {
        self.forget_gone(source);
        let reads = self.sources.entry(source).or_default();
        if self.waiting >= MAX_WAITING || reads.waiting.len() >= MAX_WAITING_PER_SOURCE {
            self.forget_idle(source);
            return Err(QueueFull);
        }
        let (waiter, place) = oneshot::channel();
        if reads.waiting.is_empty() {
            self.turns.push_back(source);
        }
        reads.waiting.push_back(waiter);
        self.waiting += 1;
        Ok(place)
    }

    fn leave(&mut self, source: ClientNetwork) {
        self.free += 1;
        if let Some(reads) = self.sources.get_mut(&source) {
            reads.running -= 1;
        }
        self.forget_idle(source);
    }

    /// The next waiting read that may run; its slot is counted as taken.
    fn next(&mut self, share: usize) -> Option<(ClientNetwork, oneshot::Sender<ReadSlot>)> {
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
    fn forget_gone(&mut self, source: ClientNetwork) {
        if let Some(reads) = self.sources.get_mut(&source) {
            let before = reads.waiting.len();
            reads.waiting.retain(|waiter| !waiter.is_closed());
            self.waiting -= before - reads.waiting.len();
            if reads.waiting.is_empty() && before > 0 {
                self.turns.retain(|turn| *turn != source);
            }
        }
    }

    fn forget_idle(&mut self, source: ClientNetwork) {
        let is_idle = |reads: &SourceReads| reads.running == 0 && reads.waiting.is_empty();
        if self.sources.get(&source).is_some_and(is_idle) {
            self.sources.remove(&source);
        }
    }
}

#[cfg(test)]
mod tests;
