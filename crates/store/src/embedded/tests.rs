//! Tests of internals: a full disk, and which writes share a commit.

use std::{fs, sync::mpsc};

use domain::documents::{Collection, Documents, Revision, StoreError};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::JoinSet;

use super::{Embedded, schema::LOG};

static TALES: Collection = Collection {
    name: "tales",
    indexed: &["author"],
    max_body_bytes: 4 * 1024,
};

fn open() -> (std::sync::Arc<Embedded>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Embedded::open(folder.path()).unwrap();
    (store.into(), folder)
}

fn pages(count: u32) -> impl Fn(&rusqlite::Connection) -> Result<Revision, StoreError> {
    move |connection| {
        connection
            .pragma_update(None, "max_page_count", count)
            .map(|()| Revision::FIRST)
            .map_err(super::failure::translate)
    }
}

fn big() -> Value {
    json!({ "author": "Andersen", "text": "x".repeat(500_000) })
}

#[tokio::test]
async fn a_full_disk_refuses_writes_and_nothing_else_and_is_got_over() {
    let (store, _folder) = open();
    store.create(&TALES, "a", json!({})).await.unwrap();
    store.writer.run(pages(1)).await.unwrap();

    for _ in 0..3 {
        let refused = store.create(&TALES, "big", big()).await;
        assert!(matches!(&refused, Err(StoreError::Unavailable(cause)) if cause.contains("full")));
        assert_eq!(store.get(&TALES, "big").await.unwrap(), None);
        store.ping().await.unwrap();
    }
    assert!(store.get(&TALES, "a").await.unwrap().is_some());

    store.writer.run(pages(1_000_000)).await.unwrap();
    let revision = store.create(&TALES, "big", big()).await.unwrap();
    assert_eq!(revision, Revision::FIRST);
    assert_eq!(store.get(&TALES, "big").await.unwrap().unwrap().body, big());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_that_does_not_fit_spoils_none_that_shares_its_commit() {
    let (store, _folder) = open();
    for number in 0..20 {
        store
            .create(&TALES, &number.to_string(), json!({ "n": 1 }))
            .await
            .unwrap();
    }
    store.writer.run(pages(1)).await.unwrap();
    let held = hold(&store).await;
    let mut fitting = JoinSet::new();
    let mut refused = JoinSet::new();
    for number in 0..20 {
        let (one, other) = (store.clone(), store.clone());
        fitting.spawn(async move {
            one.replace(
                &TALES,
                &number.to_string(),
                Revision::FIRST,
                json!({ "n": 2 }),
            )
            .await
        });
        refused.spawn(async move { other.create(&TALES, &format!("big-{number}"), big()).await });
    }
    wait_for(&store, 40).await;
    drop(held);
    assert!(fitting.join_all().await.iter().all(Result::is_ok));
    let refused = refused.join_all().await;
    assert!(
        refused
            .iter()
            .all(|answer| matches!(answer, Err(StoreError::Unavailable(_))))
    );
    for number in 0..20 {
        let kept = store
            .get(&TALES, &number.to_string())
            .await
            .unwrap()
            .unwrap();
        assert_eq!((kept.revision, kept.body), (Revision(2), json!({ "n": 2 })));
        assert_eq!(
            store.get(&TALES, &format!("big-{number}")).await.unwrap(),
            None
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writes_that_wait_together_share_one_commit() {
    let (store, folder) = open();
    let held = hold(&store).await;
    let before = commits(&folder);
    let mut writes = JoinSet::new();
    for number in 0..100 {
        let store = store.clone();
        writes.spawn(async move { store.create(&TALES, &number.to_string(), json!({})).await });
    }
    wait_for(&store, 100).await;
    drop(held);
    assert!(writes.join_all().await.iter().all(Result::is_ok));
    assert_eq!(commits(&folder) - before, 1);
}

#[tokio::test]
async fn a_write_that_was_given_up_before_its_turn_is_not_carried_out() {
    let (store, _folder) = open();
    let held = hold(&store).await;
    let given_up = tokio::spawn({
        let store = store.clone();
        async move { store.create(&TALES, "tale", json!({})).await }
    });
    wait_for(&store, 1).await;
    given_up.abort();
    assert!(given_up.await.unwrap_err().is_cancelled());
    drop(held);
    store.create(&TALES, "other", json!({})).await.unwrap();
    assert_eq!(store.get(&TALES, "tale").await.unwrap(), None);
}

#[tokio::test]
async fn a_store_whose_thread_has_panicked_is_unavailable() {
    let (store, _folder) = open();
    let panicked = store.writer.run(|_| panic!("as the test wants it")).await;
    assert!(matches!(panicked, Err(StoreError::Unavailable(_))));
    let next = store.create(&TALES, "tale", json!({})).await;
    assert!(matches!(next, Err(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn a_store_whose_writing_thread_has_panicked_is_not_ready() {
    let (store, _folder) = open();
    let panicked = store.writer.run(|_| panic!("as the test wants it")).await;
    assert!(panicked.is_err());
    assert!(matches!(
        store.ping().await,
        Err(StoreError::Unavailable(_))
    ));
}

#[tokio::test]
async fn a_store_that_can_only_be_read_is_not_ready() {
    let (store, _folder) = open();
    let read_only = |connection: &rusqlite::Connection| {
        connection
            .pragma_update(None, "query_only", true)
            .map(|()| Revision::FIRST)
            .map_err(super::failure::translate)
    };
    store.writer.run(read_only).await.unwrap();
    assert!(store.get(&TALES, "tale").await.is_ok());
    assert!(matches!(
        store.ping().await,
        Err(StoreError::Unavailable(_))
    ));
}

#[tokio::test]
async fn asking_whether_a_store_is_ready_writes_nothing() {
    let (store, folder) = open();
    store.create(&TALES, "tale", json!({})).await.unwrap();
    let before = fs::read(folder.path().join(LOG)).unwrap();
    store.ping().await.unwrap();
    assert!(before == fs::read(folder.path().join(LOG)).unwrap());
}

#[tokio::test]
async fn nothing_is_kept_of_a_write_that_fails_half_way() {
    let (store, _folder) = open();
    store.create(&TALES, "tale", json!({})).await.unwrap();
    let half = |connection: &rusqlite::Connection| {
        connection.execute("DELETE FROM documents", []).unwrap();
        Err(StoreError::Unavailable("as the test wants it".to_owned()))
    };
    assert!(store.writer.run(half).await.is_err());
    assert!(store.get(&TALES, "tale").await.unwrap().is_some());
}

#[tokio::test]
async fn a_body_that_is_no_json_is_reported_as_damage() {
    let (store, _folder) = open();
    store.create(&TALES, "tale", json!({})).await.unwrap();
    let spoil = |connection: &rusqlite::Connection| {
        connection
            .execute("UPDATE documents SET body = '{'", [])
            .unwrap();
        Ok(Revision::FIRST)
    };
    store.writer.run(spoil).await.unwrap();
    let read = store.get(&TALES, "tale").await;
    assert!(matches!(read, Err(StoreError::Damaged(_))), "{read:?}");
}

/// Blocks the writer until the sender is dropped, so that writes queue up.
async fn hold(store: &std::sync::Arc<Embedded>) -> mpsc::Sender<()> {
    let (release, released) = mpsc::channel::<()>();
    let (holds, held) = tokio::sync::oneshot::channel();
    let gate = std::sync::Mutex::new((Some(holds), released));
    let store = store.clone();
    tokio::spawn(async move {
        let wait = move |_: &rusqlite::Connection| {
            let mut gate = gate.lock().unwrap();
            gate.0.take().unwrap().send(()).unwrap();
            let _ = gate.1.recv();
            Err(StoreError::Conflict)
        };
        store.writer.run(wait).await
    });
    held.await.unwrap();
    release
}

async fn wait_for(store: &Embedded, waiting: usize) {
    while store.writer.waiting() < waiting {
        tokio::task::yield_now().await;
    }
}

/// Number of commits in the log: each ends with a frame whose header contains the number of pages
/// of the database; in all other frames it is 0.
fn commits(folder: &TempDir) -> usize {
    const HEADER: usize = 32;
    const FRAME: usize = 24 + 4096;
    let log = fs::read(folder.path().join(LOG)).unwrap_or_default();
    let frames = log.get(HEADER..).unwrap_or_default().chunks_exact(FRAME);
    frames.filter(|frame| frame[4..8] != [0; 4]).count()
}
