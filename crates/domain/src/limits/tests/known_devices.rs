//! Claims about attempts from devices that have logged in before.

use super::*;

/// Number of wrong guesses on a device until one must wait.
fn failures_on(limits: &Limits, device: u8, now: OffsetDateTime) -> usize {
    let attempt = || limits.attempt_on_device(ADA, ([device; 16], source(1)), now);
    (0..50).map_while(|_| attempt().map(drop).ok()).count()
}

#[test]
fn a_known_device_waits_neither_with_its_source_nor_with_strangers() {
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
    }
    failures(
        &limits,
        LimitedAction::SignUp,
        BOB,
        source(1),
        after(0),
        300,
    );
    let stranger = limits.attempt(LimitedAction::LogIn, ADA, source(1), after(0));
    assert!(stranger.is_err());
    let known = limits.attempt_on_device(ADA, ([1; 16], source(1)), after(0));
    assert!(known.map(Attempt::succeeded).is_ok());
}

#[test]
fn a_stolen_device_has_ten_guesses_and_then_one_every_30_seconds() {
    let limits = limits();
    assert_eq!(failures_on(&limits, 1, after(0)), 10);
    assert_eq!(failures_on(&limits, 1, after(29)), 0);
    assert_eq!(failures_on(&limits, 1, after(30)), 1);
    assert_eq!(failures_on(&limits, 2, after(30)), 10);
}
