//! How much is read at once, and for whom.
//!
//! A read may wait for the store, render for a while and hold what it has read meanwhile. So there
//! are places for some at once, and others wait in a queue. Sources take turns in the queue, and
//! each has only a part of the places and of the queue. A read that would wait too long is refused.
//! One source that sends as much as it can thus takes time from others only while its own part is
//! busy.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use domain::Source;
use tokio::{sync::oneshot, time::timeout};

/// Places for each processor. Most reads wait for a thread or for Elasticsearch most of their time.
const PLACES: usize = 8;
/// The part of all places that one source may have at once.
const SHARE: usize = 4;
/// Maximum number of reads that wait.
const MOST_WAITING: usize = 1_024;
/// Maximum number of reads of one source that wait.
const MOST_WAITING_OF_ONE: usize = 64;
/// How long a read may wait.
const PATIENCE: Duration = Duration::from_secs(3);

/// The reads under way, and those that wait.
#[derive(Clone, Debug)]
pub(crate) struct ReadQueue(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Maximum number of reads of one source under way.
    share: usize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    free: usize,
    waiting: usize,
    sources: HashMap<Source, Reads>,
    /// The sources with reads that wait; the first one is served next.
    turns: VecDeque<Source>,
}

/// The reads of a source.
#[derive(Debug, Default)]
struct Reads {
    running: usize,
    waiting: VecDeque<oneshot::Sender<ReadPlace>>,
}

/// A place, until it is dropped.
#[derive(Debug)]
pub(crate) struct ReadPlace {
    queue: ReadQueue,
    source: Source,
}

/// Too many others wait, or for too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl ReadQueue {
    /// A queue for the processors of this machine.
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

    /// Takes a place, or waits for one.
    pub(crate) async fn enter(&self, source: Source) -> Result<ReadPlace, Full> {
        let place = {
            let mut state = self.lock();
            if state.may_run(source, self.0.share) {
                state.run(source);
                return Ok(self.place(source));
            }
            state.wait(source)?
        };
        // A place that is given while this gives up is dropped with the channel, and so is free again.
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

    /// Gives free places to those that wait.
    fn serve(&self) {
        loop {
            let Some((source, waiter)) = self.lock().next(self.0.share) else {
                return;
            };
            // One that has given up drops its place, which must not happen under the lock.
            drop(waiter.send(self.place(source)));
        }
    }

    /// Nothing that runs under the lock leaves it half changed.
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

    /// The next read that waits and may run. Its place is taken.
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

    /// Forgets the reads of a source that have given up.
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
