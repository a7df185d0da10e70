//! The time; nothing else in this package reads it.

use std::time::{Duration, Instant, SystemTime};

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Time that passes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts one.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// What has passed since.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    /// What has passed since, in milliseconds.
    pub fn milliseconds(&self) -> f64 {
        self.elapsed().as_secs_f64() * 1_000.0
    }
}

/// When a report was made, to the second.
#[expect(
    clippy::disallowed_methods,
    reason = "a report says when it was made; nothing is decided by it"
)]
pub fn timestamp() -> String {
    let now = OffsetDateTime::from(SystemTime::now());
    let whole = now.replace_nanosecond(0).unwrap_or(now);
    whole.format(&Rfc3339).unwrap_or_default()
}
