mod known_devices;

use std::{sync::Barrier, thread};

use time::Duration as Span;

use super::*;

const ADA: [u8; 32] = [1; 32];
const BOB: [u8; 32] = [2; 32];

fn limits() -> Limits {
    Limits::new(LimitsMode::Standard)
}

fn source(number: u8) -> Option<ClientNetwork> {
    Some(ClientNetwork::new([192, 0, 2, number].into()))
}

fn after(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Span::days(20_000) + Span::seconds(seconds)
}

/// Number of `tries` that are admitted and fail.
fn failures(
    limits: &Limits,
    action: LimitedAction,
    account: [u8; 32],
    source: Option<ClientNetwork>,
    now: OffsetDateTime,
    tries: usize,
) -> usize {
    (0..tries)
        .filter(|_| {
            limits
                .attempt(action, account, source, now)
                .map(drop)
                .is_ok()
        })
        .count()
}

#[test]
fn an_account_bears_ten_failures_from_a_source_and_then_one_every_30_seconds() {
    let limits = limits();
    let here = source(1);
    assert_eq!(
        failures(&limits, LimitedAction::LogIn, ADA, here, after(0), 50),
        10
    );
    let refused = limits
        .attempt(LimitedAction::LogIn, ADA, here, after(0))
        .map(drop);
    let retry_after = Duration::from_secs(30);
    assert_eq!(refused, Err(LimitExceeded { retry_after }));
    assert_eq!(
        failures(&limits, LimitedAction::LogIn, ADA, here, after(29), 5),
        0
    );
    assert_eq!(
        failures(&limits, LimitedAction::LogIn, ADA, here, after(30), 5),
        1
    );
    assert_eq!(
        failures(&limits, LimitedAction::LogIn, BOB, here, after(30), 50),
        10
    );
}

#[test]
fn all_sources_together_have_fifty_failures_and_then_one_every_6_seconds() {
    let limits = limits();
    let everywhere = |second, tries| -> usize {
        (0..20)
            .map(|number| {
                failures(
                    &limits,
                    LimitedAction::LogIn,
                    ADA,
                    source(number),
                    after(second),
                    tries,
                )
            })
            .sum()
    };
    assert_eq!(everywhere(0, 50), 50);
    assert_eq!(everywhere(5, 1), 0);
    assert_eq!(everywhere(6, 1), 1);
}

#[test]
fn one_source_that_never_stops_does_not_keep_the_owner_out() {
    let limits = limits();
    for second in 0..600 {
        failures(
            &limits,
            LimitedAction::LogIn,
            ADA,
            source(1),
            after(second),
            50,
        );
        let owner = limits.attempt(LimitedAction::LogIn, ADA, source(2), after(second));
        assert!(owner.map(Attempt::undecided).is_ok(), "after {second} s");
    }
}

#[test]
fn an_owner_never_waits_longer_than_half_a_minute() {
    let limits = limits();
    for second in 0..600 {
        failures(
            &limits,
            LimitedAction::LogIn,
            ADA,
            source(1),
            after(second),
            10,
        );
        let refused = limits
            .attempt(LimitedAction::LogIn, ADA, source(1), after(second))
            .map(drop);
        assert!(refused.unwrap_err().retry_after <= Duration::from_secs(30));
    }
}

#[test]
fn a_source_bears_a_hundred_failures_over_all_accounts() {
    let limits = limits();
    let admitted = (0..200)
        .filter(|number| {
            let attempt = limits.attempt(LimitedAction::LogIn, [*number; 32], source(1), after(0));
            attempt.map(drop).is_ok()
        })
        .count();
    assert_eq!(admitted, 100);
    let refused = limits
        .attempt(LimitedAction::LogIn, [201; 32], source(1), after(0))
        .map(drop);
    assert_eq!(refused.unwrap_err().retry_after, Duration::from_secs(5));
    assert_eq!(
        failures(
            &limits,
            LimitedAction::LogIn,
            [201; 32],
            source(2),
            after(0),
            1
        ),
        1
    );
}

#[test]
fn a_refused_attempt_costs_nothing() {
    let limits = limits();
    failures(&limits, LimitedAction::LogIn, ADA, source(1), after(0), 150);
    assert_eq!(
        failures(
            &limits,
            LimitedAction::SignUp,
            ADA,
            source(1),
            after(0),
            150
        ),
        90
    );
}

#[test]
fn successes_and_undecided_attempts_are_not_counted_as_failures() {
    let limits = limits();
    for number in 0..500 {
        limits
            .attempt(LimitedAction::LogIn, ADA, source(1), after(5 * number))
            .unwrap()
            .succeeded();
        limits
            .attempt(LimitedAction::LogIn, BOB, source(2), after(0))
            .unwrap()
            .undecided();
        limits
            .attempt(LimitedAction::SignUp, BOB, source(3), after(0))
            .unwrap()
            .undecided();
    }
    assert_eq!(
        failures(
            &limits,
            LimitedAction::LogIn,
            ADA,
            source(1),
            after(2_500),
            50
        ),
        10
    );
    assert_eq!(
        failures(
            &limits,
            LimitedAction::LogIn,
            BOB,
            source(2),
            after(2_500),
            50
        ),
        10
    );
}

/// Number of `tries` at a login that are admitted and succeed.
fn successes(
    limits: &Limits,
    account: [u8; 32],
    source: Option<ClientNetwork>,
    now: OffsetDateTime,
    tries: usize,
) -> usize {
    (0..tries)
        .filter_map(|_| {
            limits
                .attempt(LimitedAction::LogIn, account, source, now)
                .ok()
        })
        .map(Attempt::succeeded)
        .count()
}

#[test]
fn an_account_is_logged_in_to_sixty_times_and_then_once_every_5_seconds() {
    let limits = limits();
    let everywhere = |seconds| -> usize {
        (1..20)
            .map(|number| successes(&limits, ADA, source(number), after(seconds), 30))
            .sum()
    };
    assert_eq!(everywhere(0), 60);
    assert_eq!(everywhere(4), 0);
    assert_eq!(everywhere(5), 1);
    assert_eq!(successes(&limits, BOB, source(1), after(5), 1), 1);
}

#[test]
fn a_source_logs_in_three_hundred_times_and_then_twice_a_second() {
    let limits = limits();
    let here = |seconds| -> usize {
        (0..100)
            .map(|number| successes(&limits, [number; 32], source(1), after(seconds), 5))
            .sum()
    };
    assert_eq!(here(0), 300);
    assert_eq!(here(1), 2);
    assert_eq!(successes(&limits, [200; 32], source(2), after(1), 1), 1);
}

#[test]
fn failures_use_up_no_successes() {
    let limits = limits();
    for number in 0..100 {
        failures(
            &limits,
            LimitedAction::LogIn,
            ADA,
            source(number),
            after(0),
            10,
        );
    }
    assert_eq!(
        failures(&limits, LimitedAction::LogIn, ADA, source(1), after(0), 1),
        0
    );
    assert_eq!(successes(&limits, ADA, source(1), after(3_600), 100), 60);
}

#[test]
fn an_attempt_that_is_under_way_is_already_paid_for() {
    let limits = limits();
    let under_way: Vec<_> = (0..20)
        .map_while(|_| {
            limits
                .attempt(LimitedAction::LogIn, ADA, source(1), after(0))
                .ok()
        })
        .collect();
    assert_eq!(under_way.len(), 10);
    under_way.into_iter().for_each(Attempt::succeeded);
    assert!(
        limits
            .attempt(LimitedAction::LogIn, ADA, source(1), after(0))
            .is_ok()
    );
}

#[test]
fn failed_sign_ups_count_with_failed_logins_of_the_source_and_not_against_the_account() {
    let limits = limits();
    assert_eq!(
        failures(
            &limits,
            LimitedAction::SignUp,
            ADA,
            source(1),
            after(0),
            300
        ),
        100
    );
    assert_eq!(
        failures(&limits, LimitedAction::LogIn, BOB, source(1), after(0), 1),
        0
    );
    assert_eq!(
        failures(&limits, LimitedAction::LogIn, ADA, source(2), after(0), 50),
        10
    );
}

#[test]
fn a_source_creates_two_hundred_accounts_and_then_one_every_20_seconds() {
    let limits = limits();
    let sign_ups = |seconds| {
        (0..300)
            .map_while(|_| {
                limits
                    .attempt(LimitedAction::SignUp, ADA, source(1), after(seconds))
                    .ok()
            })
            .map(Attempt::succeeded)
            .count()
    };
    assert_eq!(sign_ups(0), 200);
    assert_eq!(sign_ups(20), 1);
    assert_eq!(
        failures(&limits, LimitedAction::LogIn, BOB, source(1), after(20), 1),
        1
    );
}

#[test]
fn an_owner_at_home_does_not_wait_with_strangers() {
    for action in [LimitedAction::LogIn, LimitedAction::SignUp] {
        let limits = limits();
        limits
            .attempt(action, ADA, source(1), after(0))
            .unwrap()
            .succeeded();
        for number in 2..12 {
            failures(
                &limits,
                LimitedAction::LogIn,
                ADA,
                source(number),
                after(1),
                50,
            );
        }
        assert_eq!(
            failures(&limits, LimitedAction::LogIn, ADA, source(20), after(1), 50),
            0
        );
        assert_eq!(
            failures(&limits, LimitedAction::LogIn, ADA, source(1), after(1), 50),
            10
        );
    }
}

#[test]
fn failing_makes_no_source_familiar() {
    let limits = limits();
    for number in 1..12 {
        failures(
            &limits,
            LimitedAction::LogIn,
            ADA,
            source(number),
            after(0),
            50,
        );
        failures(
            &limits,
            LimitedAction::SignUp,
            ADA,
            source(number),
            after(0),
            1,
        );
    }
    assert_eq!(
        failures(&limits, LimitedAction::LogIn, ADA, source(1), after(30), 50),
        1
    );
    assert_eq!(
        failures(
            &limits,
            LimitedAction::LogIn,
            ADA,
            source(20),
            after(30),
            50
        ),
        4
    );
}

#[test]
fn failed_sign_ups_are_not_counted_as_accounts_created() {
    let limits = limits();
    failures(
        &limits,
        LimitedAction::SignUp,
        ADA,
        source(1),
        after(0),
        100,
    );
    let created = (0..300)
        .map_while(|_| {
            limits
                .attempt(LimitedAction::SignUp, ADA, source(1), after(500))
                .ok()
        })
        .map(Attempt::succeeded)
        .count();
    assert_eq!(created, 200);
}

#[test]
fn without_limits_everything_is_admitted() {
    let limits = Limits::new(LimitsMode::Off);
    assert_eq!(
        failures(
            &limits,
            LimitedAction::LogIn,
            ADA,
            source(1),
            after(0),
            5_000
        ),
        5_000
    );
    assert_eq!(
        failures(
            &limits,
            LimitedAction::SignUp,
            ADA,
            source(1),
            after(0),
            5_000
        ),
        5_000
    );
}

#[test]
fn a_thousand_simultaneous_guesses_count_as_a_thousand() {
    let (limits, start) = (limits(), Barrier::new(20));
    let admitted: usize = thread::scope(|scope| {
        let guessers: Vec<_> = (0..20)
            .map(|number| {
                let (limits, start) = (&limits, &start);
                scope.spawn(move || {
                    start.wait();
                    failures(
                        limits,
                        LimitedAction::LogIn,
                        ADA,
                        source(number),
                        after(0),
                        50,
                    )
                })
            })
            .collect();
        guessers
            .into_iter()
            .map(|guesser| guesser.join().unwrap())
            .sum()
    });
    assert_eq!(admitted, 50);
}
