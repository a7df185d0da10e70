//! How long clients may take, and a page.

use std::time::Duration;

/// How long clients may take, and a page. They are no options: nobody needs other ones but tests, which would
/// otherwise wait for them.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// A client that takes longer for the head of its request, or says nothing for so long, is cut
    /// off.
    pub head: Duration,
    /// How long a body may take. It is far more than 64 KiB need on a bad telephone line, and far
    /// less than what makes a slow sender worth the trouble.
    pub body: Duration,
    /// How long a page may take. Rendering takes a millisecond, and the calls of the store that it
    /// waits for have limits of their own; but one that hangs must not hold its place, its visitor
    /// and its memory (leptos#4851).
    pub render: Duration,
    /// How long requests may take to finish when the server stops.
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
