//! Lost responses during a migration.

use domain::migrations::{Migrate, MigrationOutcome};
use testbed::proxy::FaultProxy;

use super::shape::{Deed, assert_marked, filled, migrate, migrator, registry};
use crate::fixture::settings;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_is_lost_after_any_step_harms_nothing() {
    let mut step = 1;
    loop {
        let indices = filled(5).await;
        let proxy = FaultProxy::to(indices.url()).await;
        let by_proxy = settings(&indices, &[&proxy]);
        let watch = Deed::at(step, || async { proxy.lose_next(1) });
        let migrated = migrator(by_proxy).migrate(&registry(), &watch).await;
        if migrated.is_err() {
            // The outcome is unknown, so it is an error; the next attempt completes the migration.
            let again = migrate(&indices).await;
            assert!(
                matches!(
                    again,
                    Ok(MigrationOutcome::Migrated(1, 2) | MigrationOutcome::Already(2))
                ),
                "step {step}: {migrated:?}, {again:?}"
            );
        }
        assert_marked(&indices, 5).await;
        if watch.steps() < step {
            break;
        }
        step += 1;
    }
    assert!(step > 5, "there were {step} steps only");
}
