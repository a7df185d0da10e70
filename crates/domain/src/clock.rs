//! The clock: the only module of the domain that reads the time.

use std::{
    fmt::Debug,
    sync::{
        OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

/// A source of the current time.
pub trait Clock: Debug + Send + Sync {
    /// The current time in UTC.
    fn now(&self) -> OffsetDateTime;

    /// Monotonic time since a fixed moment, for measuring ages; setting the machine's clock does
    /// not change it.
    fn elapsed(&self) -> std::time::Duration;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }

    fn elapsed(&self) -> std::time::Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }
}

/// A clock for tests that stands still until it is advanced.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that stands at `now`, to the millisecond.
    pub fn new(now: OffsetDateTime) -> Self {
        Self(AtomicI64::new(unix_milliseconds(now)))
    }

    /// Advances the clock.
    pub fn advance(&self, by: Duration) {
        let milliseconds = i64::try_from(by.whole_milliseconds()).unwrap_or(i64::MAX);
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> OffsetDateTime {
        from_unix_milliseconds(self.0.load(Ordering::SeqCst))
    }

    fn elapsed(&self) -> std::time::Duration {
        let milliseconds = self.0.load(Ordering::SeqCst);
        std::time::Duration::from_millis(u64::try_from(milliseconds).unwrap_or(0))
    }
}

/// Milliseconds since 1970, the precision at which instants are stored.
pub fn unix_milliseconds(instant: OffsetDateTime) -> i64 {
    i64::try_from(instant.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

/// RFC 3339 in UTC, to the second.
pub fn rfc3339(instant: OffsetDateTime) -> String {
    let seconds = instant.replace_nanosecond(0).unwrap_or(instant);
    seconds.format(&Rfc3339).unwrap_or_default()
}

/// RFC 3339 in UTC, always with three digits of a second, so that texts sort like instants.
pub fn rfc3339_milliseconds(instant: OffsetDateTime) -> String {
    let text = rfc3339(instant);
    let seconds = text.trim_end_matches('Z');
    format!("{seconds}.{:03}Z", instant.millisecond())
}

/// The instant of a number of milliseconds since 1970.
pub fn from_unix_milliseconds(milliseconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
