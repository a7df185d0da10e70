//! A constant response time of 404s.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Minimum time from the start of a read to a 404.
const DELAY: Duration = Duration::from_millis(25);

/// Delays every 404 to the same time after the start of the read, so that timing does not reveal
/// drafts: reading one takes longer than finding nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotFoundDelay(Instant);

impl NotFoundDelay {
    /// Starts the time, before the read.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Waits until a 404 may be sent.
    pub(crate) async fn wait(self) {
        sleep_until(self.0 + DELAY).await;
    }
}
