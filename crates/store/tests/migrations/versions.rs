//! Programs and stores of different data versions.

use domain::migrations::MigrateError;
use testbed::TestStore;

use crate::{
    bystander::Listener,
    registry::{NEW, OLD, at_first},
    sample_store::{contents, expected, migrate, place_with},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_program_refuses_an_old_store_and_names_the_command() {
    let place = place_with(3).await;
    let refusal = place.open_at(&NEW, 3).await.unwrap_err();
    assert!(
        refusal.contains("data version 1") && refusal.contains("inspired migrate"),
        "{refusal}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_program_refuses_a_new_store_and_leaves_it_alone() {
    let place = place_with(20).await;
    migrate(&place).await.unwrap();
    let refusal = place.open_at(&OLD, 1).await.unwrap_err();
    assert!(refusal.contains("data version 3"), "{refusal}");
    let migrator = place.migrator();
    let migrated = migrator.migrate(&at_first(), &Listener::default()).await;
    assert!(
        matches!(
            migrated,
            Err(MigrateError::Newer {
                found: 3,
                known: 1,
                ..
            })
        ),
        "{migrated:?}"
    );
    let looked = migrator.store_state(&at_first()).await;
    assert!(
        matches!(looked, Err(MigrateError::Newer { .. })),
        "{looked:?}"
    );
    assert_eq!(contents(&place, 20).await, expected(20));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_is_made_at_the_data_version_of_the_program() {
    let place = TestStore::fresh();
    drop(place.open_at(&NEW, 3).await.unwrap());
    assert!(place.open_at(&OLD, 1).await.is_err());
    assert!(place.open_at(&NEW, 3).await.is_ok());
}

/// Stores from before there were migrations have no data version.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_without_a_mark_is_at_the_first_data_version() {
    let place = place_with(20).await;
    if place.indices().is_none() {
        let database = place.folder().join("inspired.db");
        let connection = rusqlite::Connection::open(database).unwrap();
        connection.execute_batch("DROP TABLE data_version").unwrap();
    }
    drop(place.open_at(&OLD, 1).await.unwrap());
    migrate(&place).await.unwrap();
    assert_eq!(contents(&place, 20).await, expected(20));
}
