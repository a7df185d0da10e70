//! Claims about `create`.

use domain::documents::Revision;

use crate::fixture::{NOTES, Store, TALES, assert_exists, create, document, get, tale};

pub(crate) async fn a_created_document_is_read_back_at_once(store: Store) {
    create(&store, "snow-queen", tale("Andersen")).await;
    let kept = document("snow-queen", 1, tale("Andersen"));
    assert_eq!(get(&store, "snow-queen").await, Some(kept));
}

pub(crate) async fn a_created_document_has_revision_1(store: Store) {
    let revision = create(&store, "snow-queen", tale("Andersen")).await;
    assert_eq!(revision, Revision::FIRST);
}

pub(crate) async fn a_second_create_is_refused_and_changes_nothing(store: Store) {
    create(&store, "snow-queen", tale("Andersen")).await;
    assert_exists(store.create(&TALES, "snow-queen", tale("Grimm")).await);
    assert_exists(store.create(&TALES, "snow-queen", tale("Andersen")).await);
    let kept = document("snow-queen", 1, tale("Andersen"));
    assert_eq!(get(&store, "snow-queen").await, Some(kept));
}

pub(crate) async fn an_id_may_be_used_in_two_collections(store: Store) {
    create(&store, "one", tale("Andersen")).await;
    store.create(&NOTES, "one", tale("Grimm")).await.unwrap();
    let (mine, other) = (get(&store, "one").await, store.get(&NOTES, "one").await);
    assert_eq!(mine, Some(document("one", 1, tale("Andersen"))));
    assert_eq!(other.unwrap(), Some(document("one", 1, tale("Grimm"))));
}

pub(crate) async fn an_id_may_contain_slashes_and_any_visible_ascii(store: Store) {
    let visible: String = ('!'..='~').collect();
    let ids = [
        "email/a@example.org",
        "/",
        "//a//",
        "..",
        ".",
        "_id",
        "-",
        "%2f",
        "*",
        &visible,
    ];
    for id in ids {
        create(&store, id, tale(id)).await;
    }
    for id in ids {
        assert_eq!(get(&store, id).await, Some(document(id, 1, tale(id))));
    }
}

pub(crate) async fn an_id_may_have_512_bytes(store: Store) {
    let (long, longer) = ("a".repeat(511) + "b", "a".repeat(511) + "c");
    create(&store, &long, tale("Andersen")).await;
    create(&store, &longer, tale("Grimm")).await;
    assert_eq!(
        get(&store, &long).await,
        Some(document(&long, 1, tale("Andersen")))
    );
    assert_eq!(
        get(&store, &longer).await,
        Some(document(&longer, 1, tale("Grimm")))
    );
}

pub(crate) async fn ids_that_differ_only_in_case_are_two_documents(store: Store) {
    create(&store, "Ada", tale("Andersen")).await;
    create(&store, "ada", tale("Grimm")).await;
    assert_eq!(
        get(&store, "Ada").await,
        Some(document("Ada", 1, tale("Andersen")))
    );
}
