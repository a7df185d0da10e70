//! Rate limits of requests that read or search the store, by source.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use super::{
    LimitExceeded, LimitsMode,
    buckets::{BucketKey, Buckets},
};
use crate::caller::ClientNetwork;

/// The recent reads of each source, in memory.
///
/// It has a lock of its own: a read holds it for about a tenth of a microsecond, and logins never
/// wait for it.
#[derive(Debug)]
pub struct ReadLimits {
    mode: LimitsMode,
    buckets: Mutex<Buckets>,
}

impl ReadLimits {
    /// Limits without any recent read.
    pub fn new(mode: LimitsMode) -> Self {
        Self {
            mode,
            buckets: Mutex::default(),
        }
    }

    /// Counts a read of a source. `now` is the time since any fixed moment.
    ///
    /// # Errors
    /// [`LimitExceeded`]; the read is not counted then.
    pub fn count(&self, source: ClientNetwork, now: Duration) -> Result<(), LimitExceeded> {
        if self.mode == LimitsMode::Off {
            return Ok(());
        }
        let now = i64::try_from(now.as_millis()).unwrap_or(i64::MAX);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let paid = buckets.pay(&[BucketKey::Reads(source)], now);
        paid.map_err(|milliseconds| LimitExceeded {
            retry_after: Duration::from_millis(milliseconds.unsigned_abs()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(number: u8) -> ClientNetwork {
        ClientNetwork::new([192, 0, 2, number].into())
    }

    /// Number of `tries` that are admitted when `milliseconds` have passed since the first moment.
    fn admitted(limits: &ReadLimits, number: u8, milliseconds: u64, tries: usize) -> usize {
        let now = Duration::from_millis(milliseconds);
        let tries = 0..tries;
        tries
            .filter(|_| limits.count(source(number), now).is_ok())
            .count()
    }

    #[test]
    fn a_source_reads_three_thousand_times_and_then_two_hundred_times_a_second() {
        let limits = ReadLimits::new(LimitsMode::Standard);
        assert_eq!(admitted(&limits, 1, 0, 5_000), 3_000);
        let refused = limits.count(source(1), Duration::ZERO).unwrap_err();
        assert_eq!(refused.retry_after, Duration::from_millis(5));
        assert_eq!(admitted(&limits, 1, 1_000, 5_000), 200);
        assert_eq!(admitted(&limits, 2, 1_000, 5_000), 3_000, "another source");
        assert_eq!(admitted(&limits, 1, 20_000, 5_000), 3_000);
    }

    #[test]
    fn what_is_refused_costs_nothing() {
        let limits = ReadLimits::new(LimitsMode::Standard);
        admitted(&limits, 1, 0, 10_000);
        assert_eq!(admitted(&limits, 1, 5, 10), 1);
    }

    #[test]
    fn without_limits_nobody_is_counted() {
        let limits = ReadLimits::new(LimitsMode::Off);
        assert_eq!(admitted(&limits, 1, 0, 10_000), 10_000);
    }
}
