//! A stopwatch: the only module of this package that reads the time.

use std::time::{Duration, Instant, SystemTime};

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// A point in time from which elapsed time is measured.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts a stopwatch.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The elapsed time.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    /// The elapsed time in milliseconds.
    pub fn milliseconds(&self) -> f64 {
        self.elapsed().as_secs_f64() * 1_000.0
    }
}

/// The current time for the name of a report, to the second.
#[expect(
    clippy::disallowed_methods,
    reason = "a report says when it was made; nothing is decided by it"
)]
pub fn timestamp() -> String {
    let now = OffsetDateTime::from(SystemTime::now());
    let whole = now.replace_nanosecond(0).unwrap_or(now);
    whole.format(&Rfc3339).unwrap_or_default()
}
