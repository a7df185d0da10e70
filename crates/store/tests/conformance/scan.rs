//! Claims about `scan`.

use domain::documents::Revision;
use serde_json::json;

use crate::fixture::{NOTES, Store, TALES, create, document, ids, tale};

pub(crate) async fn an_empty_collection_has_nothing_to_scan(store: Store) {
    assert_eq!(store.scan(&TALES, None, 10).await.unwrap(), []);
}

pub(crate) async fn every_document_is_scanned_once_by_ascending_id(store: Store) {
    for id in ["c", "a", "B", "~", "a/b"] {
        create(&store, id, tale("Andersen")).await;
    }
    create(&store, "unlisted", json!({})).await;
    let mut scanned = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = store.scan(&TALES, after.as_deref(), 2).await.unwrap();
        let Some(last) = page.last() else { break };
        assert!(page.len() <= 2);
        after = Some(last.id.clone());
        scanned.extend(ids(page));
    }
    assert_eq!(scanned, ["B", "a", "a/b", "c", "unlisted", "~"]);
}

pub(crate) async fn a_scan_is_as_of_now_and_of_one_collection(store: Store) {
    create(&store, "a", tale("Andersen")).await;
    store.create(&NOTES, "b", json!({})).await.unwrap();
    let body = tale("Grimm");
    let replaced = store.replace(&TALES, "a", Revision::FIRST, body.clone());
    replaced.await.unwrap();
    let scanned = store.scan(&TALES, None, 10).await.unwrap();
    assert_eq!(scanned, [document("a", 2, body)]);
    store.remove(&TALES, "a", Revision(2)).await.unwrap();
    assert_eq!(store.scan(&TALES, None, 10).await.unwrap(), []);
}
