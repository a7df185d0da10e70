//! A migration that fails.

use domain::{documents::Revision, migrations::MigrateError};

use crate::{
    bystander::Listener,
    registry::{OLD, broken},
    sample_store::{contents, expected, id, migrate, place_with},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_that_cannot_be_changed_leaves_everything_as_it_was() {
    let place = place_with(20).await;
    let failed = place
        .migrator()
        .migrate(&broken(), &Listener::default())
        .await;
    let Err(MigrateError::Change { collection, reason }) = failed else {
        panic!("{failed:?}");
    };
    assert_eq!((collection, reason.as_str()), ("tales", "its title is 5"));
    if let Some(indices) = place.indices() {
        let names = indices.names().await;
        assert_eq!(names.len(), OLD.len() + 1, "{names:?}");
    }
    // The store can be written again, and is still at its data version.
    let store = place.open_at(&OLD, 1).await.unwrap();
    let tale = store.get(OLD[0], &id(5)).await.unwrap().unwrap();
    let (five, from) = (id(5), Revision(1));
    let changed = store.replace(OLD[0], &five, from, tale.body.clone()).await;
    assert_eq!(changed.unwrap(), Revision(2));
    drop(store);
    let migrated = migrate(&place).await;
    migrated.unwrap();
    let mut expected = expected(20);
    let text = expected.get_mut(&("tales", id(5))).unwrap();
    *text = text.replacen("1 ", "2 ", 1);
    assert_eq!(contents(&place, 20).await, expected);
}
