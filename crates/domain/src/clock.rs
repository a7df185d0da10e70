//! The only place that reads the time.

use std::{
    fmt::Debug,
    sync::{
        OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

/// What time it is, in UTC.
pub trait Clock: Debug + Send + Sync {
    /// Now.
    fn now(&self) -> OffsetDateTime;

    /// Time that only moves on, since some fixed moment; for measuring how old something is while
    /// the machine's clock is set.
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

/// A clock that stands still until it is moved, for tests of everything that ends.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that stands at `now`, to the millisecond.
    pub fn new(now: OffsetDateTime) -> Self {
        Self(AtomicI64::new(unix_milliseconds(now)))
    }

    /// Moves the clock on.
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

/// Milliseconds since 1970, the precision at which instants are kept.
pub fn unix_milliseconds(instant: OffsetDateTime) -> i64 {
    i64::try_from(instant.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

/// An instant as people and programs read it: RFC 3339 in UTC, to the second.
pub fn rfc3339(instant: OffsetDateTime) -> String {
    let seconds = instant.replace_nanosecond(0).unwrap_or(instant);
    seconds.format(&Rfc3339).unwrap_or_default()
}

/// An instant as programs compare it: RFC 3339 in UTC, always with three digits of a second.
pub fn rfc3339_milliseconds(instant: OffsetDateTime) -> String {
    let text = rfc3339(instant);
    let seconds = text.trim_end_matches('Z');
    format!("{seconds}.{:03}Z", instant.millisecond())
}

/// The instant of so many milliseconds since 1970.
pub fn from_unix_milliseconds(milliseconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
