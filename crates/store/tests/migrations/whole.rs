//! A migration without disturbances.

use domain::migrations::{MigrationOutcome, MigrationStep, StoreState};
use testbed::TestStore;

use crate::{
    bystander::Listener,
    registry::{CARDS, OLD, TALES, at_first, to_last},
    sample_store::{assert_tidy, contents, expected, listed, migrate, place_with},
};

/// More documents than are read or written at once.
const MANY: usize = 1_200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_document_is_as_it_should_be_under_its_id_and_at_its_revision() {
    let place = place_with(MANY).await;
    let listener = Listener::default();
    let outcome = place.migrator().migrate(&to_last(), &listener).await;
    assert_eq!(outcome.unwrap(), MigrationOutcome::Migrated(1, 3));
    let contents = contents(&place, MANY).await;
    assert_eq!(contents, expected(MANY));
    assert_tidy(&place).await;
    let tales = expected(MANY).keys().filter(|key| key.0 == "tales").count();
    let steps = listener.steps();
    for at_last in [
        MigrationStep::Rewritten("tales", tales as u64, tales as u64),
        MigrationStep::Checked("cards"),
        MigrationStep::Made("letters"),
        MigrationStep::Switched(3),
    ] {
        assert!(steps.contains(&at_last), "{at_last:?} of {steps:?}");
    }
    let pages = steps
        .iter()
        .filter(|step| matches!(step, MigrationStep::Rewritten("tales", ..)));
    assert!(pages.count() > 1, "there was one page only");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn documents_are_listed_by_what_they_have_then() {
    let place = place_with(20).await;
    let migrated = migrate(&place).await;
    migrated.unwrap();
    assert_eq!(listed(&place, &TALES, "shelf", "shelf 1").await, 17);
    assert_eq!(listed(&place, &TALES, "author", "Grimm").await, 17);
    assert_eq!(listed(&place, &CARDS, "author", "Grimm").await, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn looking_changes_nothing() {
    let place = place_with(20).await;
    // A list of the server is as of its last refresh.
    place.migrator().store_state(&to_last()).await.unwrap();
    let before = place.contents().await;
    let standing = place.migrator().store_state(&to_last()).await.unwrap();
    assert_eq!(standing, StoreState::Filled(1));
    let plan = to_last().plan(1).unwrap();
    assert_eq!((plan.from, plan.to, plan.migrations.len()), (1, 3, 2));
    assert_eq!(documents(place.contents().await), documents(before));
    assert!(place.open_at(&OLD, 1).await.is_ok());
}

/// Removes the duration of the search, which is no document.
fn documents(contents: Vec<u8>) -> String {
    let text = String::from_utf8_lossy(&contents).into_owned();
    let hits = text.find("\"hits\"").unwrap_or(0);
    text[hits..].to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_is_nothing_to_do_the_second_time() {
    let place = place_with(20).await;
    migrate(&place).await.unwrap();
    let again = migrate(&place).await;
    assert_eq!(again.unwrap(), MigrationOutcome::Already(3));
    assert_eq!(contents(&place, 20).await, expected(20));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_there_is_no_store_none_is_made() {
    let place = TestStore::fresh();
    let migrator = place.migrator();
    let standing = migrator.store_state(&to_last()).await.unwrap();
    assert_eq!(standing, StoreState::Nothing);
    let outcome = migrate(&place).await;
    assert_eq!(outcome.unwrap(), MigrationOutcome::Nothing);
    let is_empty = match place.indices() {
        Some(indices) => indices.names().await.is_empty(),
        None => std::fs::read_dir(place.folder()).unwrap().next().is_none(),
    };
    assert!(is_empty, "something was made");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_without_documents_is_told_from_one_with_some() {
    let place = TestStore::fresh();
    drop(place.open_at(&OLD, 1).await.unwrap());
    let migrator = place.migrator();
    let standing = migrator.store_state(&at_first()).await.unwrap();
    assert_eq!(standing, StoreState::Empty(1));
    let outcome = migrate(&place).await;
    assert_eq!(outcome.unwrap(), MigrationOutcome::Migrated(1, 3));
    assert_tidy(&place).await;
}
