//! The writing thread and its group commit.

use std::{path::Path, sync::Arc, thread::JoinHandle};

use domain::documents::{Revision, StoreError};
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{
    failure::translate,
    open_error::OpenError,
    queue::{AbandonAtEnd, Queue, stopped},
    schema,
};

/// Maximum number of writes in a commit: enough that each pays little for the `fsync`, few enough
/// that the first does not wait long for the last.
const GROUP: usize = 256;

/// A write. It may run twice, if the first transaction was rolled back.
type WriteFn = Box<dyn Fn(&Connection) -> WriteResult + Send>;
type WriteResult = Result<Revision, StoreError>;

/// A write and the channel of its caller.
pub(super) struct WriteCall {
    change: WriteFn,
    reply: oneshot::Sender<WriteResult>,
}

/// The only writing thread.
pub(super) struct Writer {
    queue: Arc<Queue<WriteCall>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(database: &Path) -> Result<Self, OpenError> {
        let connection = schema::connect_to_write(database)?;
        let queue = Arc::new(Queue::new());
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn({
                let queue = Arc::clone(&queue);
                move || write(&connection, &queue)
            })
            .map_err(OpenError::Thread)?;
        Ok(Self {
            queue,
            thread: Some(thread),
        })
    }

    /// Carries out a write on the thread; returns when it is on the disk.
    pub(super) async fn run(
        &self,
        change: impl Fn(&Connection) -> WriteResult + Send + 'static,
    ) -> WriteResult {
        let (reply, answer) = oneshot::channel();
        let change = Box::new(change);
        self.queue.push(WriteCall { change, reply }).await?;
        answer.await.map_err(|_| stopped())?
    }

    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.queue.waiting()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.close();
        let panicked = self
            .thread
            .take()
            .is_some_and(|thread| thread.join().is_err());
        if panicked {
            tracing::error!("the writing thread of the store had panicked");
        }
    }
}

fn write(connection: &Connection, queue: &Queue<WriteCall>) {
    let _end = AbandonAtEnd(queue);
    loop {
        let mut calls = queue.take(GROUP);
        if calls.is_empty() {
            return;
        }
        // Callers may have given up while their write was queued.
        calls.retain(|call| !call.reply.is_closed());
        if !calls.is_empty() {
            carry_out(connection, calls);
        }
    }
}

/// Commits all calls together. If one of them fails because of the disk, the transaction is rolled
/// back and each is tried alone, so that a write that needs no space succeeds on a full disk and
/// each call gets its own result.
fn carry_out(connection: &Connection, calls: Vec<WriteCall>) {
    if let Ok(outcomes) = attempt(connection, &calls) {
        for (call, outcome) in calls.into_iter().zip(outcomes) {
            let _ = call.reply.send(outcome);
        }
        return;
    }
    for call in calls {
        let outcome = attempt(connection, std::slice::from_ref(&call))
            .and_then(|mut outcomes| outcomes.pop().unwrap_or_else(|| Err(stopped())));
        if let Err(StoreError::Unavailable(cause) | StoreError::Damaged(cause)) = &outcome {
            tracing::error!(cause, "a write failed");
        }
        let _ = call.reply.send(outcome);
    }
}

/// Runs all calls in one transaction; returns their results, or why it was rolled back.
fn attempt(connection: &Connection, calls: &[WriteCall]) -> Result<Vec<WriteResult>, StoreError> {
    let outcomes = begin(connection).and_then(|()| apply(connection, calls));
    // SQLite rolls some failed transactions back by itself, and others not.
    if !connection.is_autocommit()
        && let Err(cause) = connection.execute_batch("ROLLBACK")
    {
        tracing::error!(%cause, "a failed transaction could not be rolled back");
    }
    outcomes
}

fn begin(connection: &Connection) -> Result<(), StoreError> {
    connection
        .prepare_cached("BEGIN IMMEDIATE")
        .and_then(|mut statement| statement.execute([]))
        .map(drop)
        .map_err(translate)
}

fn apply(connection: &Connection, calls: &[WriteCall]) -> Result<Vec<WriteResult>, StoreError> {
    let mut outcomes = Vec::with_capacity(calls.len());
    for call in calls {
        match (call.change)(connection) {
            Err(failure @ (StoreError::Unavailable(_) | StoreError::Damaged(_))) => {
                return Err(failure);
            }
            outcome => outcomes.push(outcome),
        }
    }
    connection
        .prepare_cached("COMMIT")
        .and_then(|mut statement| statement.execute([]))
        .map_err(translate)?;
    Ok(outcomes)
}
