//! A circuit breaker: after repeated failures, calls fail immediately for a while.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// Number of consecutive failures that open the circuit.
const FAILURES: u32 = 10;
/// Time for which the circuit stays open at first; it doubles each further time.
const FIRST_REST: Duration = Duration::from_millis(250);
/// Maximum time for which the circuit stays open, and so the maximum delay after the cluster has
/// recovered.
const LONGEST_REST: Duration = Duration::from_secs(2);

/// Admits all calls while the circuit is closed, and single trial calls after each rest while it
/// is open, so that a failing cluster can recover and clients get a response at once.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    state: Mutex<BreakerState>,
}

/// How a call was admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// The circuit is closed.
    Usual,
    /// The circuit is open, and the result of this call decides whether it closes.
    Trial,
}

#[derive(Debug, Default)]
struct BreakerState {
    failures: u32,
    rest: Duration,
    open_until: Option<Instant>,
}

impl Breaker {
    /// Admits a call, or `None` while the circuit is open. After each rest, one call is admitted
    /// as a trial.
    pub(crate) fn admits(&self, now: Instant) -> Option<Admission> {
        let mut state = self.state();
        match state.open_until {
            None => Some(Admission::Usual),
            Some(until) if now < until => None,
            Some(_) => {
                state.open_until = Some(now + state.rest);
                Some(Admission::Trial)
            }
        }
    }

    /// Records a success; returns true if the circuit was open.
    pub(crate) fn succeeded(&self) -> bool {
        let mut state = self.state();
        let was_open = state.open_until.is_some();
        *state = BreakerState::default();
        was_open
    }

    /// Records a failure; returns true if it has opened the circuit. Failures of calls that began
    /// before the circuit opened are ignored.
    pub(crate) fn failed(&self, admission: Admission, now: Instant) -> bool {
        let mut state = self.state();
        state.failures = state.failures.saturating_add(1);
        let is_open = state.open_until.is_some();
        match admission {
            Admission::Usual if is_open || state.failures < FAILURES => return false,
            Admission::Usual => state.rest = FIRST_REST,
            Admission::Trial => state.rest = (state.rest * 2).clamp(FIRST_REST, LONGEST_REST),
        }
        state.open_until = Some(now + state.rest);
        !is_open
    }

    fn state(&self) -> MutexGuard<'_, BreakerState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(now: Instant) -> Breaker {
        let breaker = Breaker::default();
        for _ in 1..FAILURES {
            assert!(!breaker.failed(Admission::Usual, now));
        }
        assert!(
            breaker.failed(Admission::Usual, now),
            "the last one opens it"
        );
        breaker
    }

    #[tokio::test(start_paused = true)]
    async fn it_opens_after_failures_in_a_row_only() {
        let now = Instant::now();
        let breaker = Breaker::default();
        for _ in 0..3 {
            for _ in 1..FAILURES {
                breaker.failed(Admission::Usual, now);
            }
            breaker.succeeded();
        }
        assert_eq!(breaker.admits(now), Some(Admission::Usual));
        assert_eq!(open(now).admits(now), None);
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_rest_one_call_decides() {
        let now = Instant::now();
        let breaker = open(now);
        let later = now + FIRST_REST;
        assert_eq!(breaker.admits(later), Some(Admission::Trial));
        assert_eq!(
            breaker.admits(later),
            None,
            "a second one has to wait for the first"
        );
        assert!(breaker.succeeded());
        assert_eq!(breaker.admits(later), Some(Admission::Usual));
    }

    #[tokio::test(start_paused = true)]
    async fn calls_that_were_under_way_make_no_rest_longer() {
        let now = Instant::now();
        let breaker = open(now);
        for _ in 0..20 {
            assert!(!breaker.failed(Admission::Usual, now));
        }
        assert_eq!(breaker.admits(now + FIRST_REST), Some(Admission::Trial));
    }

    #[tokio::test(start_paused = true)]
    async fn it_rests_longer_each_time_and_never_for_long() {
        let mut now = Instant::now();
        let breaker = open(now);
        for _ in 0..20 {
            now += LONGEST_REST;
            assert_eq!(breaker.admits(now), Some(Admission::Trial));
            assert!(!breaker.failed(Admission::Trial, now), "it was open before");
        }
        let almost = now + LONGEST_REST - Duration::from_millis(1);
        assert_eq!(breaker.admits(almost), None);
        assert!(breaker.admits(now + LONGEST_REST).is_some());
    }
}
