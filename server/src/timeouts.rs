//! Time limits.

use std::time::Duration;

/// Time limits for clients and for rendering. They are no options; only tests set other ones, which
/// they would otherwise wait for.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// Maximum time to receive the head of a request, and to wait for the next one on an open connection.
    pub head: Duration,
    /// Maximum time to receive a body. It is ample for 64 KiB on a slow mobile connection, and short
    /// enough to make slow-body attacks expensive.
    pub body: Duration,
    /// Maximum time to render a page. Rendering takes a millisecond and calls of the store have limits of
    /// their own, but a page that hangs must not hold its slot and its memory (leptos#4851).
    pub render: Duration,
    /// Time that open requests have to finish when the server stops.
    pub grace: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(15),
            render: Duration::from_secs(10),
            grace: Duration::from_secs(30),
        }
    }
}
