//! Exponential backoff with jitter.

use std::time::Duration;

use rand::RngExt as _;

/// Upper bound of the first wait; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(40);
const LONGEST: Duration = Duration::from_secs(1);

/// Growing waits, each drawn between zero and its bound ("full jitter"), so that clients that
/// failed together do not retry together.
#[derive(Debug)]
pub(crate) struct Backoff(Duration);

impl Backoff {
    pub(crate) fn new() -> Self {
        Self(FIRST)
    }

    /// The next wait.
    pub(crate) fn next(&mut self) -> Duration {
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
