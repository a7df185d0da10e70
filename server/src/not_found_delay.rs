//! How long an answer takes that says that something is not there.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Time from the start of a read to the answer that there is no such thing.
const DELAY: Duration = Duration::from_millis(25);

/// Lets every "not found" take the same time, so that the time does not tell of drafts: it takes longer
/// to read one than to find nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotFoundDelay(Instant);

impl NotFoundDelay {
    /// Starts with the read.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Waits until "not found" may be said.
    pub(crate) async fn wait(self) {
        sleep_until(self.0 + DELAY).await;
    }
}
