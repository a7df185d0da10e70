//! Two migrations at once.

use domain::migrations::{MigrateError, MigrationOutcome};
use futures::future::join_all;

use crate::{
    bystander::Listener,
    registry::to_last,
    sample_store::{assert_tidy, contents, expected, migrate, place_with},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_exactly_one_migrates_and_the_result_is_whole() {
    for count in [0, 100] {
        let place = place_with(count).await;
        let all = (0..4).map(|_| {
            let migrator = place.migrator();
            tokio::spawn(async move { migrator.migrate(&to_last(), &Listener::default()).await })
        });
        let outcomes: Vec<_> = join_all(all)
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();
        let migrated = outcomes
            .iter()
            .filter(|one| matches!(one, Ok(MigrationOutcome::Migrated(1, 3))));
        assert_eq!(migrated.count(), 1, "{outcomes:?}");
        let others_did_nothing = outcomes.iter().all(|one| {
            matches!(
                one,
                Ok(MigrationOutcome::Migrated(..) | MigrationOutcome::Already(3))
                    | Err(MigrateError::Refused(_))
            )
        });
        assert!(others_did_nothing, "{outcomes:?}");
        assert_eq!(contents(&place, count).await, expected(count));
        assert_tidy(&place).await;
    }
}

/// The embedded store belongs to the process that has it open; Elasticsearch has its own claims
/// about writers during a migration.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_in_use_is_not_migrated() {
    let place = place_with(3).await;
    if place.indices().is_some() {
        return;
    }
    let store = place.open_at(&crate::registry::OLD, 1).await.unwrap();
    let refused = migrate(&place).await;
    let Err(MigrateError::Refused(sentence)) = refused else {
        panic!("{refused:?}");
    };
    assert!(sentence.contains("is in use by process"), "{sentence}");
    drop(store);
    let migrated = migrate(&place).await;
    assert_eq!(migrated.unwrap(), MigrationOutcome::Migrated(1, 3));
}
