//! Claims about `remove`.

use domain::documents::Revision;

use crate::fixture::{NOTES, Store, TALES, assert_moved, create, document, get, tale};

pub(crate) async fn a_removed_document_is_gone_at_once(store: Store) {
    let first = create(&store, "tale", tale("Andersen")).await;
    create(&store, "other", tale("Andersen")).await;
    store.remove(&TALES, "tale", first).await.unwrap();
    assert_eq!(get(&store, "tale").await, None);
    assert!(get(&store, "other").await.is_some());
}

pub(crate) async fn an_old_revision_is_not_removed(store: Store) {
    let first = create(&store, "tale", tale("Andersen")).await;
    store
        .replace(&TALES, "tale", first, tale("Grimm"))
        .await
        .unwrap();
    assert_moved(store.remove(&TALES, "tale", first).await);
    assert_eq!(
        get(&store, "tale").await,
        Some(document("tale", 2, tale("Grimm")))
    );
}

pub(crate) async fn a_missing_document_is_not_removed(store: Store) {
    assert_moved(store.remove(&TALES, "tale", Revision::FIRST).await);
}

pub(crate) async fn a_second_remove_is_refused(store: Store) {
    let first = create(&store, "tale", tale("Andersen")).await;
    store.remove(&TALES, "tale", first).await.unwrap();
    assert_moved(store.remove(&TALES, "tale", first).await);
}

pub(crate) async fn a_removed_document_is_not_replaced(store: Store) {
    let first = create(&store, "tale", tale("Andersen")).await;
    store.remove(&TALES, "tale", first).await.unwrap();
    assert_moved(store.replace(&TALES, "tale", first, tale("Grimm")).await);
    assert_eq!(get(&store, "tale").await, None);
}

pub(crate) async fn a_removed_document_can_be_created_again_at_revision_1(store: Store) {
    let first = create(&store, "tale", tale("Andersen")).await;
    let second = store
        .replace(&TALES, "tale", first, tale("Andersen"))
        .await
        .unwrap();
    store.remove(&TALES, "tale", second).await.unwrap();
    assert_eq!(create(&store, "tale", tale("Grimm")).await, Revision::FIRST);
    assert_eq!(
        get(&store, "tale").await,
        Some(document("tale", 1, tale("Grimm")))
    );
}

pub(crate) async fn only_the_one_in_this_collection_is_removed(store: Store) {
    let first = create(&store, "tale", tale("Andersen")).await;
    store.create(&NOTES, "tale", tale("Grimm")).await.unwrap();
    store.remove(&NOTES, "tale", first).await.unwrap();
    assert_eq!(
        get(&store, "tale").await,
        Some(document("tale", 1, tale("Andersen")))
    );
}
