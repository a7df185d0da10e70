//! The reading threads.

use std::{path::Path, sync::Arc, thread::JoinHandle};

use domain::documents::StoreError;
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{
    open_error::OpenError,
    queue::{AbandonAtEnd, Queue, stopped},
    schema,
};

/// Number of threads. Two, so that a long list does not delay reads by id; most of the time of a
/// read is the hand-over between threads, which more threads do not shorten.
const THREADS: usize = 2;

type ReadCall = Box<dyn FnOnce(&Connection) + Send>;

/// Threads with a read-only connection each, behind one queue.
pub(super) struct Readers {
    queue: Arc<Queue<ReadCall>>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    pub(super) fn start(database: &Path) -> Result<Self, OpenError> {
        let mut readers = Self {
            queue: Arc::new(Queue::new()),
            threads: Vec::with_capacity(THREADS),
        };
        for number in 0..THREADS {
            let connection = schema::connect_to_read(database)?;
            let queue = Arc::clone(&readers.queue);
            let thread = std::thread::Builder::new()
                .name(format!("store-reader-{number}"))
                .spawn(move || read(&connection, &queue))
                .map_err(OpenError::Thread)?;
            readers.threads.push(thread);
        }
        Ok(readers)
    }

    /// Carries out a read on one of the threads.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let call = move |connection: &Connection| {
            // The caller may have given up while the call was queued.
            if !reply.is_closed() {
                let _ = reply.send(read(connection));
            }
        };
        self.queue.push(Box::new(call)).await?;
        answer.await.map_err(|_| stopped())?
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.queue.close();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a reading thread of the store had panicked");
            }
        }
    }
}

fn read(connection: &Connection, queue: &Queue<ReadCall>) {
    let _end = AbandonAtEnd(queue);
    loop {
        let calls = queue.take(1);
        if calls.is_empty() {
            return;
        }
        for call in calls {
            call(connection);
        }
    }
}
