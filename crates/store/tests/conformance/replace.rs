//! Claims about `replace`.

use domain::documents::Revision;
use serde_json::json;

use crate::fixture::{NOTES, Store, TALES, assert_moved, create, document, get, tale};

pub(crate) async fn a_replaced_document_is_read_back_at_once(store: Store) {
    let first = create(&store, "tale", tale("Andersen")).await;
    store
        .replace(&TALES, "tale", first, tale("Grimm"))
        .await
        .unwrap();
    assert_eq!(
        get(&store, "tale").await,
        Some(document("tale", 2, tale("Grimm")))
    );
}

pub(crate) async fn revisions_are_1_2_3(store: Store) {
    let mut revision = create(&store, "tale", json!({ "at": 1 })).await;
    for expected in 2..=20 {
        let body = json!({ "at": expected });
        revision = store
            .replace(&TALES, "tale", revision, body.clone())
            .await
            .unwrap();
        assert_eq!(revision, Revision(expected));
        assert_eq!(
            get(&store, "tale").await,
            Some(document("tale", expected, body))
        );
    }
}

pub(crate) async fn a_replacement_leaves_nothing_of_the_old_body(store: Store) {
    let first = create(
        &store,
        "tale",
        json!({ "old": { "deep": 1 }, "both": { "a": 1 } }),
    )
    .await;
    let body = json!({ "both": { "b": 2 } });
    store
        .replace(&TALES, "tale", first, body.clone())
        .await
        .unwrap();
    assert_eq!(get(&store, "tale").await, Some(document("tale", 2, body)));
}

pub(crate) async fn a_replacement_by_the_same_body_is_a_new_revision(store: Store) {
    let first = create(&store, "tale", tale("Andersen")).await;
    let second = store.replace(&TALES, "tale", first, tale("Andersen")).await;
    assert_eq!(second.unwrap(), Revision(2));
    assert_moved(store.replace(&TALES, "tale", first, tale("Andersen")).await);
}

pub(crate) async fn an_old_revision_is_refused_and_changes_nothing(store: Store) {
    let first = create(&store, "tale", tale("Andersen")).await;
    store
        .replace(&TALES, "tale", first, tale("Grimm"))
        .await
        .unwrap();
    assert_moved(store.replace(&TALES, "tale", first, tale("Perrault")).await);
    assert_eq!(
        get(&store, "tale").await,
        Some(document("tale", 2, tale("Grimm")))
    );
}

pub(crate) async fn a_revision_that_never_was_is_refused(store: Store) {
    create(&store, "tale", tale("Andersen")).await;
    for never in [0, 2, u64::MAX] {
        assert_moved(
            store
                .replace(&TALES, "tale", Revision(never), tale("Grimm"))
                .await,
        );
    }
    assert_eq!(
        get(&store, "tale").await,
        Some(document("tale", 1, tale("Andersen")))
    );
}

pub(crate) async fn a_missing_document_is_not_made(store: Store) {
    for never in [0, 1] {
        assert_moved(
            store
                .replace(&TALES, "tale", Revision(never), tale("Grimm"))
                .await,
        );
    }
    assert_eq!(get(&store, "tale").await, None);
}

pub(crate) async fn a_document_of_another_collection_is_not_replaced(store: Store) {
    let first = create(&store, "tale", tale("Andersen")).await;
    assert_moved(store.replace(&NOTES, "tale", first, tale("Grimm")).await);
    assert_eq!(
        get(&store, "tale").await,
        Some(document("tale", 1, tale("Andersen")))
    );
}
