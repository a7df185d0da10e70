//! A migration that is interrupted, as when its process dies.

use domain::migrations::MigrationOutcome;
use futures::{StreamExt, stream};

use crate::{
    bystander::{Holder, Listener},
    registry::{NEW, OLD, to_last},
    sample_store::{assert_tidy, contents, expected, migrate, place_with},
};

const COUNT: usize = 30;

/// Number of attempts at once, because a server creates indices slowly.
const AT_ONCE: usize = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_an_end_at_any_step_the_next_try_comes_to_the_same() {
    let place = place_with(COUNT).await;
    let listener = Listener::default();
    let migrated = place.migrator().migrate(&to_last(), &listener).await;
    migrated.unwrap();
    let steps = listener.steps().len();
    assert!(steps >= 6, "there are {steps} steps only");
    stream::iter(1..=steps)
        .for_each_concurrent(AT_ONCE, end_at)
        .await;
}

async fn end_at(step: usize) {
    let place = place_with(COUNT).await;
    let (migrator, registry, holder) = (place.migrator(), to_last(), Holder::at(step));
    tokio::select! {
        done = migrator.migrate(&registry, &holder) => panic!("step {step}: {done:?}"),
        () = holder.reached() => {}
    }
    // The store is at one of the two data versions, and a program with that one can read it.
    let at_first = place.open_at(&OLD, 1).await.is_ok();
    let at_last = place.open_at(&NEW, 3).await.is_ok();
    assert!(at_first != at_last, "step {step}: {at_first} {at_last}");
    let again = migrate(&place).await;
    let expected_outcome = match at_first {
        true => MigrationOutcome::Migrated(1, 3),
        false => MigrationOutcome::Already(3),
    };
    assert_eq!(again.unwrap(), expected_outcome, "step {step}");
    assert_eq!(
        contents(&place, COUNT).await,
        expected(COUNT),
        "step {step}"
    );
    assert_tidy(&place).await;
}
