//! The activity of a connection, which decides whether it may be closed.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering},
    },
    task::{Context, Poll},
};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::{sync::Notify, time::Instant};

/// A request is being answered.
const ANSWERING: u8 = 1;
/// The client does not read what was written.
const WRITING: u8 = 2;

/// The activity of a connection. The task of the connection writes it, the registry reads it.
///
/// A connection without a request in flight is idle: it waits for the next request, or receives the
/// head of one. Closing it costs the client only a new connection.
#[derive(Debug)]
pub(super) struct Activity {
    doing: AtomicU8,
    /// Milliseconds after `opened_at`.
    idle_since: AtomicU64,
    opened_at: Instant,
    asked_to_close: Notify,
    is_closing: AtomicBool,
}

impl Activity {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            doing: AtomicU8::new(0),
            idle_since: AtomicU64::new(0),
            opened_at: Instant::now(),
            asked_to_close: Notify::new(),
            is_closing: AtomicBool::new(false),
        })
    }

    /// The start of the idle period; `None` while the connection is busy.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        let since = std::time::Duration::from_millis(self.idle_since.load(Ordering::Relaxed));
        self.is_idle().then(|| self.opened_at + since)
    }

    /// Marks the begin of a request; dropping the guard marks the end of its response.
    pub(super) fn begin(self: &Arc<Self>) -> Answering {
        self.start(ANSWERING);
        Answering(self.clone())
    }

    /// Records whether a write is waiting for the client.
    pub(super) fn note_write(&self, is_waiting: bool) {
        let is_noted = self.doing.load(Ordering::Relaxed) & WRITING != 0;
        match (is_waiting, is_noted) {
            (true, false) => self.start(WRITING),
            (false, true) => self.finish(WRITING),
            (true, true) | (false, false) => {}
        }
    }

    /// Requests that the connection closes as soon as it is idle.
    pub(super) fn close(&self) {
        self.is_closing.store(true, Ordering::Relaxed);
        self.asked_to_close.notify_one();
    }

    /// Whether the current response is the last one of the connection.
    pub(super) fn is_closing(&self) -> bool {
        self.is_closing.load(Ordering::Relaxed)
    }

    /// Resolves when the connection was requested to close and is idle.
    pub(super) async fn closed(&self) {
        loop {
            self.asked_to_close.notified().await;
            if self.is_idle() {
                return;
            }
        }
    }

    fn is_idle(&self) -> bool {
        self.doing.load(Ordering::Acquire) == 0
    }

    fn start(&self, what: u8) {
        self.doing.fetch_or(what, Ordering::AcqRel);
    }

    fn finish(&self, what: u8) {
        let idle = self.opened_at.elapsed().as_millis();
        let idle = u64::try_from(idle).unwrap_or(u64::MAX);
        self.idle_since.store(idle, Ordering::Relaxed);
        self.doing.fetch_and(!what, Ordering::AcqRel);
        if self.is_closing() {
            self.asked_to_close.notify_one();
        }
    }
}

/// The guard of a request that is being answered.
#[derive(Debug)]
pub(super) struct Answering(Arc<Activity>);

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.finish(ANSWERING);
    }
}

/// The body of a response; it is dropped when the response was sent or the client has gone.
#[derive(Debug)]
pub(super) struct AnswerBody {
    body: Body,
    _answering: Answering,
}

impl AnswerBody {
    pub(super) fn new(body: Body, answering: Answering) -> Self {
        Self {
            body,
            _answering: answering,
        }
    }
}

impl HttpBody for AnswerBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::{advance, timeout};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_connection_is_idle_without_a_request_and_a_waiting_write() {
        let activity = Activity::new();
        assert!(activity.idle_since().is_some());
        let answering = activity.begin();
        activity.note_write(true);
        drop(answering);
        assert_eq!(activity.idle_since(), None);
        advance(Duration::from_secs(3)).await;
        activity.note_write(false);
        assert_eq!(activity.idle_since(), Some(Instant::now()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_is_asked_to_close_finishes_its_answer() {
        let activity = Activity::new();
        let answering = activity.begin();
        activity.close();
        let second = Duration::from_secs(1);
        assert!(timeout(second, activity.closed()).await.is_err());
        drop(answering);
        assert!(timeout(second, activity.closed()).await.is_ok());
    }
}
