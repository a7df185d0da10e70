//! A process that freezes during a migration, is taken for dead, and continues.

use domain::{
    documents::Revision,
    migrations::{Migrate, MigrationOutcome},
};
use futures::future::{Either, select};
use tokio::sync::Semaphore;

use super::shape::{Deed, filled, migrate, migrator, open, registry};
use crate::fixture::TALES;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_was_taken_for_dead_changes_nothing_any_more() {
    // The steps before the switch: locked, closed, rewritten, checked, ready.
    for step in 1..=5 {
        freeze_at(step).await;
    }
}

async fn freeze_at(step: usize) {
    let indices = filled(5).await;
    let (first, registry) = (migrator(indices.settings()), registry());
    let (reached, open_again) = (Semaphore::new(0), Semaphore::new(0));
    let gate = Deed::at(step, || async {
        reached.add_permits(1);
        open_again.acquire().await.unwrap().forget();
    });
    let going = first.migrate(&registry, &gate);
    let reached = Box::pin(reached.acquire());
    // The future is not polled from here on, so it sends no heartbeat either.
    let frozen = match select(going, reached).await {
        Either::Left((done, _)) => panic!("step {step}: {done:?}"),
        Either::Right((_, frozen)) => frozen,
    };
    let taken_over = migrate(&indices).await;
    assert_eq!(
        taken_over.unwrap(),
        MigrationOutcome::Migrated(1, 2),
        "step {step}"
    );
    let store = open(&indices, 2).await;
    store.remove(&TALES, "3", Revision(1)).await.unwrap();
    let names = indices.names().await;
    open_again.add_permits(1);
    let late = frozen.await;
    assert!(
        matches!(late, Err(_) | Ok(MigrationOutcome::Already(2))),
        "step {step}: {late:?}"
    );
    // A request that was in flight may have created an index, which the next attempt removes.
    let again = migrate(&indices).await;
    assert_eq!(again.unwrap(), MigrationOutcome::Already(2), "step {step}");
    assert_eq!(indices.names().await, names, "step {step}");
    let gone = store.get(&TALES, "3").await.unwrap();
    assert!(gone.is_none(), "step {step}: it came back");
    let tale = store.get(&TALES, "4").await.unwrap().unwrap();
    let changed = store.replace(&TALES, "4", Revision(1), tale.body).await;
    assert_eq!(changed.unwrap(), Revision(2), "step {step}");
}
