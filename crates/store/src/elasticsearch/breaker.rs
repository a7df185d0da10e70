//! A circuit breaker: what keeps failing is left alone for a while.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// So many calls in a row must fail before the circuit opens.
const FAILURES: u32 = 10;
/// How long it stays open the first time; twice as long each further time.
const FIRST_REST: Duration = Duration::from_millis(250);
/// How long it stays open at most. Whoever waits for the cluster waits no longer than this for us.
const LONGEST_REST: Duration = Duration::from_secs(2);

/// Lets calls through while they succeed now and then, one at a time while they do not, and none in
/// between, so that a cluster in trouble gets air and people get their answer at once.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    failures: u32,
    rest: Duration,
    open_until: Option<Instant>,
}

impl Breaker {
    /// Whether a call may be made now. While the circuit is open it says so once per rest, and that
    /// one call decides.
    pub(super) fn admits(&self, now: Instant) -> bool {
        let mut state = self.state();
        match state.open_until {
            None => true,
            Some(until) if now < until => false,
            Some(_) => {
                let rest = state.rest;
                state.open_until = Some(now + rest);
                true
            }
        }
    }

    /// Notes a success; gives whether the circuit was open.
    pub(super) fn succeeded(&self) -> bool {
        let mut state = self.state();
        let was_open = state.open_until.is_some();
        *state = State::default();
        was_open
    }

    /// Notes a failure; gives whether the circuit has opened by it.
    pub(super) fn failed(&self, now: Instant) -> bool {
        let mut state = self.state();
        state.failures = state.failures.saturating_add(1);
        if state.failures < FAILURES {
            return false;
        }
        let was_closed = state.open_until.is_none();
        state.rest = if was_closed {
            FIRST_REST
        } else {
            (state.rest * 2).min(LONGEST_REST)
        };
        state.open_until = Some(now + state.rest);
        was_closed
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(now: Instant) -> Breaker {
        let breaker = Breaker::default();
        for _ in 1..FAILURES {
            assert!(!breaker.failed(now));
        }
        assert!(breaker.failed(now), "the last one opens it");
        breaker
    }

    #[tokio::test(start_paused = true)]
    async fn it_opens_after_failures_in_a_row_only() {
        let now = Instant::now();
        let breaker = Breaker::default();
        for _ in 0..3 {
            for _ in 1..FAILURES {
                breaker.failed(now);
            }
            breaker.succeeded();
        }
        assert!(breaker.admits(now));
        assert!(!open(now).admits(now));
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_rest_one_call_decides() {
        let now = Instant::now();
        let breaker = open(now);
        let later = now + FIRST_REST;
        assert!(breaker.admits(later));
        assert!(
            !breaker.admits(later),
            "a second one has to wait for the first"
        );
        assert!(breaker.succeeded());
        assert!(breaker.admits(later));
    }

    #[tokio::test(start_paused = true)]
    async fn it_rests_longer_each_time_and_never_for_long() {
        let mut now = Instant::now();
        let breaker = open(now);
        for _ in 0..20 {
            now += LONGEST_REST;
            assert!(breaker.admits(now));
            assert!(!breaker.failed(now), "it was open before");
        }
        assert!(!breaker.admits(now + LONGEST_REST - Duration::from_millis(1)));
        assert!(breaker.admits(now + LONGEST_REST));
    }
}
