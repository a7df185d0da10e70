//! Claims about `get`, `get_many` and `ping`.

use crate::fixture::{NOTES, Store, TALES, create, document, get, tale};

pub(crate) async fn a_document_that_was_never_written_is_not_there(store: Store) {
    create(&store, "snow-queen", tale("Andersen")).await;
    for id in ["", "\0", "snow", "snow-queen ", "SNOW-QUEEN", "*", "%"] {
        assert_eq!(get(&store, id).await, None, "{id}");
    }
    let many = store.get_many(&TALES, &["", "snow-queen"]).await.unwrap();
    assert_eq!(
        many,
        [None, Some(document("snow-queen", 1, tale("Andersen")))]
    );
}

pub(crate) async fn a_document_is_there_only_in_its_own_collection(store: Store) {
    create(&store, "snow-queen", tale("Andersen")).await;
    assert_eq!(store.get(&NOTES, "snow-queen").await.unwrap(), None);
    let many = store.get_many(&NOTES, &["snow-queen"]).await.unwrap();
    assert_eq!(many, [None]);
}

pub(crate) async fn many_are_answered_in_the_order_asked_for(store: Store) {
    for id in ["a", "b", "c"] {
        create(&store, id, tale(id)).await;
    }
    let many = store
        .get_many(&TALES, &["c", "none", "a", "b", "nil"])
        .await;
    let there = |id: &str| Some(document(id, 1, tale(id)));
    assert_eq!(
        many.unwrap(),
        [there("c"), None, there("a"), there("b"), None]
    );
}

pub(crate) async fn many_may_name_an_id_twice(store: Store) {
    create(&store, "a", tale("Andersen")).await;
    let many = store.get_many(&TALES, &["a", "a"]).await.unwrap();
    let there = Some(document("a", 1, tale("Andersen")));
    assert_eq!(many, [there.clone(), there]);
}

pub(crate) async fn many_of_none_are_none(store: Store) {
    assert_eq!(store.get_many(&TALES, &[]).await.unwrap(), []);
}

pub(crate) async fn two_hundred_are_read_in_one_call(store: Store) {
    let ids: Vec<String> = (0..200).map(|number| format!("tale-{number}")).collect();
    for id in &ids {
        create(&store, id, tale(id)).await;
    }
    let asked: Vec<&str> = ids.iter().rev().map(String::as_str).collect();
    let many = store.get_many(&TALES, &asked).await.unwrap();
    let found: Vec<String> = many.into_iter().flatten().map(|found| found.id).collect();
    assert_eq!(found, asked);
}

pub(crate) async fn the_store_answers_that_it_is_there(store: Store) {
    store.ping().await.unwrap();
}
