//! A cluster that can be read but not written, or not even read.

use std::sync::Arc;

use domain::documents::{Consistency, Documents, FieldQuery, Revision};
use domain::migrations::BASELINE;
use serde_json::json;

use store::elasticsearch::{ConnectError, Elasticsearch};

use crate::fixture::{
    ClusterFixture, NOTES, TALES, assert_unavailable, delete, eventually, exists, get, post, put,
    tale, timed,
};

#[tokio::test]
async fn a_full_disk_admits_reads_and_is_not_ready() {
    let fixture = ClusterFixture::new().await;
    fixture.store.create(&TALES, "a", tale("1")).await.unwrap();
    // Elasticsearch does this by itself when the disk of a node has reached the flood stage.
    fixture
        .set(json!({ "index.blocks.read_only_allow_delete": true }))
        .await;
    let (created, took) = timed(fixture.store.create(&TALES, "b", tale("2"))).await;
    assert!(assert_unavailable(created).contains("flood-stage"));
    assert!(
        took.as_secs() < 2,
        "nobody has to wait for a disk: {took:?}"
    );
    assert_unavailable(
        fixture
            .store
            .replace(&TALES, "a", Revision::FIRST, tale("2"))
            .await,
    );
    assert_unavailable(fixture.store.ping().await);
    assert!(fixture.store.get(&TALES, "a").await.unwrap().is_some());
    fixture
        .set(json!({ "index.blocks.read_only_allow_delete": null }))
        .await;
    fixture.works_again().await;
}

#[tokio::test]
async fn an_index_that_is_closed_to_writes_is_not_ready() {
    let fixture = ClusterFixture::new().await;
    fixture.set(json!({ "index.blocks.write": true })).await;
    assert_unavailable(fixture.store.create(&TALES, "b", tale("2")).await);
    assert_unavailable(fixture.store.ping().await);
    fixture.set(json!({ "index.blocks.write": null })).await;
    fixture.works_again().await;
}

/// Replaces the index of the tales by one whose shard cannot be allocated, because no node has the
/// required name.
async fn make_red(fixture: &ClusterFixture) {
    let (url, alias) = (
        fixture.indices.url(),
        format!("{}-tales", fixture.indices.prefix()),
    );
    let described = get(url, &alias).await;
    let mappings = described[format!("{alias}-1")]["mappings"].clone();
    delete(url, &format!("{alias}-1")).await;
    let nowhere = json!({
        "aliases": { &alias: { "is_write_index": true } },
        "mappings": mappings,
        "settings": { "index.routing.allocation.require._name": "nobody" },
    });
    put(
        url,
        &format!("{alias}-1?wait_for_active_shards=0"),
        &nowhere,
    )
    .await;
}

#[tokio::test]
async fn a_red_index_is_unavailable_and_never_empty() {
    let fixture = ClusterFixture::new().await;
    make_red(&fixture).await;
    let (read, took) = timed(fixture.store.get(&TALES, "a")).await;
    assert_unavailable(read);
    assert!(took.as_secs() < 10, "{took:?}");
    let id = "an-id-that-is-nobodys-business";
    let why = assert_unavailable(fixture.store.create(&TALES, id, tale("2")).await);
    assert!(
        why.contains("unavailable_shards_exception") && !why.contains("an-id"),
        "{why}"
    );
    for consistency in [Consistency::Current, Consistency::MaxAge] {
        let listing = FieldQuery {
            field: "author",
            value: "1",
            after: None,
            limit: 10,
            consistency,
        };
        assert_unavailable(fixture.store.list(&TALES, listing).await);
    }
    assert_unavailable(fixture.store.ping().await);
    let started =
        Elasticsearch::connect_at(fixture.indices.settings(), &[&TALES, &NOTES], BASELINE).await;
    assert!(
        matches!(started, Err(ConnectError::Unreachable { .. })),
        "{started:?}"
    );
    fixture
        .set(json!({ "index.routing.allocation.require._name": null }))
        .await;
    eventually("the shard is back", || async {
        fixture.store.ping().await.is_ok()
    })
    .await;
    assert!(fixture.store.get(&TALES, "a").await.unwrap().is_none());
}

/// An index that was deleted by accident must not be replaced by an empty one with a dynamic
/// mapping, in which no account exists.
#[tokio::test]
async fn an_index_that_was_deleted_is_unavailable_and_not_made_again_by_a_write() {
    let fixture = ClusterFixture::new().await;
    fixture.store.create(&TALES, "a", tale("1")).await.unwrap();
    let (url, index) = (
        fixture.indices.url(),
        format!("{}-tales", fixture.indices.prefix()),
    );
    delete(url, &format!("{index}-1")).await;
    assert_unavailable(fixture.store.get(&TALES, "a").await);
    assert_unavailable(fixture.store.create(&TALES, "b", tale("2")).await);
    assert_unavailable(fixture.store.remove(&TALES, "a", Revision::FIRST).await);
    assert_unavailable(fixture.store.ping().await);
    assert!(!exists(url, &index).await, "a write has made an index");
}

/// Requests that wait for one index must not delay those to others.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_red_index_does_not_hold_up_the_others() {
    let fixture = ClusterFixture::new().await;
    make_red(&fixture).await;
    let store = Arc::new(fixture.store);
    let waiting: Vec<_> = (0..200)
        .map(|number: u32| {
            let store = store.clone();
            tokio::spawn(async move {
                drop(store.create(&TALES, &number.to_string(), tale("1")).await);
                drop(store.get(&TALES, &number.to_string()).await);
                drop(store.ping().await);
            })
        })
        .collect();
    for number in 0..50 {
        let (written, took) = timed(async {
            let id = number.to_string();
            store.create(&NOTES, &id, tale("1")).await.unwrap();
            store.get(&NOTES, &id).await.unwrap()
        })
        .await;
        assert!(written.is_some());
        assert!(took.as_millis() < 1_000, "{took:?}");
    }
    for one in waiting {
        one.await.unwrap();
    }
}

#[tokio::test]
async fn a_closed_index_is_unavailable_and_ends_the_start() {
    let fixture = ClusterFixture::new().await;
    let (url, alias) = (
        fixture.indices.url(),
        format!("{}-tales", fixture.indices.prefix()),
    );
    post(url, &format!("{alias}/_close")).await;
    assert_unavailable(fixture.store.get(&TALES, "a").await);
    assert_unavailable(fixture.store.create(&TALES, "a", tale("1")).await);
    assert_unavailable(fixture.store.ping().await);
    let started =
        Elasticsearch::connect_at(fixture.indices.settings(), &[&TALES, &NOTES], BASELINE).await;
    assert!(
        matches!(started, Err(ConnectError::Closed(_))),
        "{started:?}"
    );
}
