//! The searching threads.

use std::{io, sync::Arc, thread::JoinHandle};

use domain::documents::StoreError;
use tokio::sync::oneshot;

use crate::embedded::queue::{AbandonAtEnd, Queue, stopped};

/// Number of threads. Two, so that a search that lists everything does not delay all others.
const THREADS: usize = 2;

type SearchCall = Box<dyn FnOnce() + Send>;

/// Threads behind one queue.
pub(super) struct Searchers {
    queue: Arc<Queue<SearchCall>>,
    threads: Vec<JoinHandle<()>>,
}

impl Searchers {
    pub(super) fn start() -> io::Result<Self> {
        let mut searchers = Self {
            queue: Arc::new(Queue::new()),
            threads: Vec::with_capacity(THREADS),
        };
        for number in 0..THREADS {
            let queue = Arc::clone(&searchers.queue);
            let thread = std::thread::Builder::new()
                .name(format!("search-{number}"))
                .spawn(move || search(&queue))?;
            searchers.threads.push(thread);
        }
        Ok(searchers)
    }

    /// Carries out a search on one of the threads.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        search: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let call = move || {
            // The caller may have given up while the call was queued.
            if !reply.is_closed() {
                let _ = reply.send(search());
            }
        };
        self.queue.push(Box::new(call)).await?;
        answer.await.map_err(|_| stopped())?
    }
}

impl Drop for Searchers {
    fn drop(&mut self) {
        self.queue.close();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a searching thread had panicked");
            }
        }
    }
}

fn search(queue: &Queue<SearchCall>) {
    let _end = AbandonAtEnd(queue);
    loop {
        let calls = queue.take(1);
        if calls.is_empty() {
            return;
        }
        for call in calls {
            call();
        }
    }
}
