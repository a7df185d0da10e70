//! Claims about `list`.

use std::time::Duration;

use domain::documents::{Consistency, FieldQuery, Revision};
use serde_json::json;

use crate::fixture::{NOTES, Store, TALES, create, document, ids, ids_by, list, listing, tale};

async fn create_all(store: &Store, ids: &[&str]) {
    for id in ids {
        create(store, id, tale("Andersen")).await;
    }
}

pub(crate) async fn nothing_is_listed_in_an_empty_store(store: Store) {
    assert_eq!(list(&store, listing("author", "Andersen")).await, []);
}

pub(crate) async fn those_with_the_value_are_listed_whole_by_ascending_id(store: Store) {
    create_all(&store, &["c", "a"]).await;
    create(&store, "b", tale("Grimm")).await;
    let found = list(&store, listing("author", "Andersen")).await;
    let there = |id| document(id, 1, tale("Andersen"));
    assert_eq!(found, [there("a"), there("c")]);
}

pub(crate) async fn ids_are_ordered_by_their_bytes(store: Store) {
    create_all(&store, &["a", "B", "10", "9", "~", "!", "a/b", "a-b", "aa"]).await;
    let found = ids_by(&store, "author", "Andersen").await;
    assert_eq!(found, ["!", "10", "9", "B", "a", "a-b", "a/b", "aa", "~"]);
}

pub(crate) async fn a_limit_cuts_the_list(store: Store) {
    create_all(&store, &["a", "b", "c"]).await;
    let found = list(
        &store,
        FieldQuery {
            limit: 2,
            ..listing("author", "Andersen")
        },
    )
    .await;
    assert_eq!(ids(found), ["a", "b"]);
}

pub(crate) async fn a_limit_of_0_lists_nothing(store: Store) {
    create_all(&store, &["a"]).await;
    let found = list(
        &store,
        FieldQuery {
            limit: 0,
            ..listing("author", "Andersen")
        },
    )
    .await;
    assert_eq!(found, []);
}

pub(crate) async fn pages_show_each_document_once(store: Store) {
    let all: Vec<String> = (0..23).map(|number| format!("tale-{number:02}")).collect();
    for id in all.iter().rev() {
        create(&store, id, tale("Andersen")).await;
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = FieldQuery {
            after: after.as_deref(),
            limit: 5,
            ..listing("author", "Andersen")
        };
        let found = ids(list(&store, page).await);
        let Some(last) = found.last() else { break };
        after = Some(last.clone());
        seen.extend(found);
    }
    assert_eq!(seen, all);
}

pub(crate) async fn a_cursor_need_not_exist(store: Store) {
    create_all(&store, &["a", "c", "e"]).await;
    let page = FieldQuery {
        after: Some("b"),
        ..listing("author", "Andersen")
    };
    assert_eq!(ids(list(&store, page).await), ["c", "e"]);
}

pub(crate) async fn a_cursor_behind_the_last_lists_nothing(store: Store) {
    create_all(&store, &["a", "b"]).await;
    let page = FieldQuery {
        after: Some("b"),
        ..listing("author", "Andersen")
    };
    assert_eq!(list(&store, page).await, []);
}

pub(crate) async fn each_indexed_field_has_its_own_list(store: Store) {
    create(&store, "a", json!({ "author": "x", "shelf": "y" })).await;
    create(&store, "b", json!({ "author": "y", "shelf": "x" })).await;
    assert_eq!(ids_by(&store, "author", "x").await, ["a"]);
    assert_eq!(ids_by(&store, "shelf", "x").await, ["b"]);
}

pub(crate) async fn values_are_compared_whole_and_by_case(store: Store) {
    create(&store, "a", tale("Hans Christian")).await;
    create(&store, "b", tale("hans christian")).await;
    assert_eq!(ids_by(&store, "author", "Hans Christian").await, ["a"]);
    for other in ["Hans", "Hans Christian ", "Hans*", "Hans%", ""] {
        assert!(ids_by(&store, "author", other).await.is_empty(), "{other}");
    }
}

pub(crate) async fn a_value_may_be_any_text(store: Store) {
    let values = [
        "",
        "Ünïcode 🦀",
        "e\u{301}",
        "\u{e9}",
        "a\0b",
        "a",
        "%",
        "\"quoted\" 'so'",
        "\n",
    ];
    for (number, value) in values.iter().enumerate() {
        create(&store, &number.to_string(), tale(value)).await;
    }
    for (number, value) in values.iter().enumerate() {
        assert_eq!(
            ids_by(&store, "author", value).await,
            [number.to_string()],
            "{value:?}"
        );
    }
}

pub(crate) async fn documents_without_the_field_are_not_listed(store: Store) {
    create(&store, "missing", json!({ "title": "null" })).await;
    create(&store, "null", json!({ "author": null })).await;
    create(&store, "deeper", json!({ "more": { "author": "null" } })).await;
    create(&store, "text", json!({ "author": "null" })).await;
    assert_eq!(ids_by(&store, "author", "null").await, ["text"]);
    assert!(ids_by(&store, "author", "").await.is_empty());
}

pub(crate) async fn a_replacement_moves_to_its_new_list_at_once(store: Store) {
    let first = create(&store, "a", json!({ "author": "x", "shelf": "1" })).await;
    let body = json!({ "author": "y", "shelf": "1" });
    store.replace(&TALES, "a", first, body).await.unwrap();
    assert!(ids_by(&store, "author", "x").await.is_empty());
    assert_eq!(ids_by(&store, "author", "y").await, ["a"]);
    assert_eq!(ids_by(&store, "shelf", "1").await, ["a"]);
}

pub(crate) async fn a_replacement_with_the_same_value_stays_listed_at_its_new_revision(
    store: Store,
) {
    let first = create(&store, "a", tale("Andersen")).await;
    let body = json!({ "author": "Andersen", "title": "Thumbelina" });
    store
        .replace(&TALES, "a", first, body.clone())
        .await
        .unwrap();
    let found = list(&store, listing("author", "Andersen")).await;
    assert_eq!(found, [document("a", 2, body)]);
}

pub(crate) async fn a_replacement_without_the_field_leaves_the_list(store: Store) {
    for (id, body) in [("a", json!({})), ("b", json!({ "author": null }))] {
        let first = create(&store, id, tale("Andersen")).await;
        store.replace(&TALES, id, first, body).await.unwrap();
    }
    assert!(ids_by(&store, "author", "Andersen").await.is_empty());
}

pub(crate) async fn a_removed_document_leaves_its_lists_at_once(store: Store) {
    create_all(&store, &["a", "b"]).await;
    store.remove(&TALES, "a", Revision::FIRST).await.unwrap();
    assert_eq!(ids_by(&store, "author", "Andersen").await, ["b"]);
}

pub(crate) async fn a_created_again_document_is_listed_once(store: Store) {
    let first = create(&store, "a", tale("Andersen")).await;
    store.remove(&TALES, "a", first).await.unwrap();
    create(&store, "a", tale("Grimm")).await;
    assert!(ids_by(&store, "author", "Andersen").await.is_empty());
    assert_eq!(ids_by(&store, "author", "Grimm").await, ["a"]);
}

pub(crate) async fn collections_have_lists_of_their_own(store: Store) {
    create(&store, "a", tale("Andersen")).await;
    store.create(&NOTES, "b", tale("Andersen")).await.unwrap();
    assert_eq!(ids_by(&store, "author", "Andersen").await, ["a"]);
    let notes = store.list(&NOTES, listing("author", "Andersen")).await;
    assert_eq!(ids(notes.unwrap()), ["b"]);
}

pub(crate) async fn a_cheap_list_shows_a_new_document_before_long(store: Store) {
    create(&store, "a", tale("Andersen")).await;
    let cheap = FieldQuery {
        consistency: Consistency::MaxAge,
        ..listing("author", "Andersen")
    };
    let shown = async {
        while ids(list(&store, cheap.clone()).await) != ["a"] {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), shown)
        .await
        .unwrap();
}
