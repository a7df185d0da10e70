//! How long to wait before something is tried again.

use std::time::Duration;

use rand::RngExt as _;

/// The first wait is at most so long; each further one twice as long.
const FIRST: Duration = Duration::from_millis(40);
const LONGEST: Duration = Duration::from_secs(1);

/// Waits that grow, each drawn from nothing to its limit ("full jitter"), so that those who failed
/// together do not come back together.
#[derive(Debug)]
pub(super) struct Backoff(Duration);

impl Backoff {
    pub(super) fn new() -> Self {
        Self(FIRST)
    }

    /// The next wait.
    pub(super) fn next(&mut self) -> Duration {
        let limit = self.0;
        self.0 = (limit * 2).min(LONGEST);
        limit.mul_f64(rand::rng().random::<f64>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_differ_and_stay_below_a_growing_limit() {
        let mut backoff = Backoff::new();
        let mut limit = FIRST;
        let mut waits = Vec::new();
        for _ in 0..8 {
            let wait = backoff.next();
            assert!(wait <= limit);
            waits.push(wait);
            limit = (limit * 2).min(LONGEST);
        }
        waits.dedup();
        assert!(waits.len() > 1);
    }
}
