//! The writing thread: concurrent writes share a commit.

use std::{
    io,
    sync::{Arc, RwLock, Weak},
    thread::JoinHandle,
};

use domain::{documents::StoreError, search::IndexEntry};
use tokio::sync::oneshot;

use super::{
    LiveSnapshot,
    generation::{IndexGeneration, failed},
};
use crate::embedded::queue::{AbandonAtEnd, Queue, stopped};

/// Maximum number of calls in a commit.
const GROUP: usize = 256;

/// Identifies a rebuild. The rebuild is abandoned when all copies of the ticket are dropped.
pub(super) type RebuildTicket = Arc<()>;

type Reply<T> = oneshot::Sender<Result<T, StoreError>>;

enum IndexerCall {
    Put(Vec<IndexEntry>, Reply<()>),
    Begin(Reply<RebuildTicket>),
    Fill(RebuildTicket, Vec<IndexEntry>, Reply<()>),
    Finish(RebuildTicket, Reply<()>),
}

/// The only writing thread.
pub(super) struct Indexer {
    queue: Arc<Queue<IndexerCall>>,
    thread: Option<JoinHandle<()>>,
}

impl Indexer {
    /// Starts the thread; returns it with the snapshot that searches see.
    pub(super) fn start() -> io::Result<(Self, Arc<LiveSnapshot>)> {
        let (state, live) = IndexerState::new().map_err(io::Error::other)?;
        let queue = Arc::new(Queue::new());
        let thread = std::thread::Builder::new()
            .name("search-writer".to_owned())
            .spawn({
                let queue = Arc::clone(&queue);
                move || work(state, &queue)
            })?;
        let indexer = Self {
            queue,
            thread: Some(thread),
        };
        Ok((indexer, live))
    }

    pub(super) async fn put(&self, entries: Vec<IndexEntry>) -> Result<(), StoreError> {
        self.ask(|reply| IndexerCall::Put(entries, reply)).await
    }

    /// Begins an index beside the live one, and abandons one that was begun before.
    pub(super) async fn begin(&self) -> Result<RebuildTicket, StoreError> {
        self.ask(IndexerCall::Begin).await
    }

    pub(super) async fn fill(
        &self,
        who: RebuildTicket,
        entries: Vec<IndexEntry>,
    ) -> Result<(), StoreError> {
        self.ask(|reply| IndexerCall::Fill(who, entries, reply))
            .await
    }

    pub(super) async fn finish(&self, who: RebuildTicket) -> Result<(), StoreError> {
        self.ask(|reply| IndexerCall::Finish(who, reply)).await
    }

    async fn ask<T>(&self, call: impl FnOnce(Reply<T>) -> IndexerCall) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.queue.push(call(reply)).await?;
        answer.await.map_err(|_| stopped())?
    }
}

impl Drop for Indexer {
    fn drop(&mut self) {
        self.queue.close();
        let panicked = self
            .thread
            .take()
            .is_some_and(|thread| thread.join().is_err());
        if panicked {
            tracing::error!("the thread that writes the search index had panicked");
        }
    }
}

fn work(mut state: IndexerState, queue: &Queue<IndexerCall>) {
    let _end = AbandonAtEnd(queue);
    loop {
        let calls = queue.take(GROUP);
        if calls.is_empty() {
            return;
        }
        let mut puts = Vec::new();
        for call in calls {
            match call {
                IndexerCall::Put(entries, reply) => puts.push((entries, reply)),
                other => {
                    state.put_all(std::mem::take(&mut puts));
                    state.carry_out(other);
                }
            }
        }
        state.put_all(puts);
    }
}

struct IndexerState {
    live: IndexGeneration,
    is_built: bool,
    building: Option<(Weak<()>, IndexGeneration)>,
    seen: Arc<LiveSnapshot>,
}

impl IndexerState {
    fn new() -> tantivy::Result<(Self, Arc<LiveSnapshot>)> {
        let mut live = IndexGeneration::new()?;
        let seen = Arc::new(LiveSnapshot(RwLock::new(live.commit(false)?)));
        let state = Self {
            live,
            is_built: false,
            building: None,
            seen: seen.clone(),
        };
        Ok((state, seen))
    }

    /// Writes all entries in one commit, and answers after it.
    fn put_all(&mut self, puts: Vec<(Vec<IndexEntry>, Reply<()>)>) {
        if puts.is_empty() {
            return;
        }
        self.forget_abandoned();
        let entries = puts.iter().flat_map(|(entries, _)| entries);
        let done = self.put(entries).map_err(failed);
        if let Err(cause) = &done {
            tracing::error!(%cause, "the search index cannot be written and is begun anew");
            self.begin_anew();
        }
        for (_, reply) in puts {
            let _ = reply.send(done.clone());
        }
    }

    fn put<'a>(&mut self, entries: impl Iterator<Item = &'a IndexEntry>) -> tantivy::Result<()> {
        for entry in entries {
            let document = self.live.document(entry);
            if let Some((_, building)) = &mut self.building {
                building.put(entry, document.clone())?;
            }
            self.live.put(entry, document)?;
        }
        self.seen.set(self.live.commit(self.is_built)?);
        Ok(())
    }

    /// Starts again with an empty index, because a failure may have left a partial write.
    fn begin_anew(&mut self) {
        self.building = None;
        match Self::new() {
            Ok((fresh, seen)) => {
                self.live = fresh.live;
                self.is_built = false;
                self.seen.set(seen.get());
            }
            Err(cause) => tracing::error!(%cause, "no search index can be made"),
        }
    }

    fn carry_out(&mut self, call: IndexerCall) {
        self.forget_abandoned();
        match call {
            IndexerCall::Put(entries, reply) => self.put_all(vec![(entries, reply)]),
            IndexerCall::Begin(reply) => {
                let _ = reply.send(self.begin());
            }
            IndexerCall::Fill(who, entries, reply) => {
                let _ = reply.send(self.fill(&who, &entries));
            }
            IndexerCall::Finish(who, reply) => {
                let _ = reply.send(self.finish(&who));
            }
        }
    }

    fn begin(&mut self) -> Result<RebuildTicket, StoreError> {
        let ticket = RebuildTicket::default();
        let generation = IndexGeneration::new().map_err(failed)?;
        self.building = Some((Arc::downgrade(&ticket), generation));
        Ok(ticket)
    }

    fn fill(&mut self, who: &RebuildTicket, entries: &[IndexEntry]) -> Result<(), StoreError> {
        let building = self.building_of(who)?;
        let mut filled = Ok(());
        for entry in entries {
            let document = building.document(entry);
            filled = filled.and_then(|()| building.put(entry, document));
        }
        // An index that may lack entries must not become live.
        filled.map_err(|cause| {
            self.building = None;
            failed(cause)
        })
    }

    fn finish(&mut self, who: &RebuildTicket) -> Result<(), StoreError> {
        self.building_of(who)?;
        let Some((_, mut building)) = self.building.take() else {
            return Err(StoreError::Conflict);
        };
        self.seen.set(building.commit(true).map_err(failed)?);
        self.live = building;
        self.is_built = true;
        Ok(())
    }

    fn building_of(&mut self, who: &RebuildTicket) -> Result<&mut IndexGeneration, StoreError> {
        match &mut self.building {
            Some((whose, building)) if std::ptr::eq(whose.as_ptr(), Arc::as_ptr(who)) => {
                Ok(building)
            }
            _ => Err(StoreError::Conflict),
        }
    }

    fn forget_abandoned(&mut self) {
        let is_abandoned = |(whose, _): &(Weak<()>, IndexGeneration)| whose.strong_count() == 0;
        if self.building.as_ref().is_some_and(is_abandoned) {
            self.building = None;
        }
    }
}
