//! Claims about a store that is closed and opened again.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
};

use domain::documents::{Documents, Revision};
use serde_json::json;
use store::embedded::Embedded;

use crate::fixture::{TALES, by_grimm, database, filled, snapshot};

#[tokio::test]
async fn everything_is_there_again() {
    let folder = filled().await;
    let store = Embedded::open(folder.path()).unwrap();
    store
        .replace(&TALES, "tale-07", Revision::FIRST, json!({ "n": 7 }))
        .await
        .unwrap();
    store
        .remove(&TALES, "tale-08", Revision::FIRST)
        .await
        .unwrap();
    drop(store);
    let store = Embedded::open(folder.path()).unwrap();
    let replaced = store.get(&TALES, "tale-07").await.unwrap().unwrap();
    assert_eq!(
        (replaced.revision, replaced.body),
        (Revision(2), json!({ "n": 7 }))
    );
    assert_eq!(store.get(&TALES, "tale-08").await.unwrap(), None);
    assert_eq!(store.list(&TALES, by_grimm()).await.unwrap().len(), 98);
}

#[tokio::test]
async fn a_closed_store_is_one_file_and_its_lock() {
    let folder = filled().await;
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["inspired.db", "lock"]);
}

/// An operator who deletes an account and stops the server can say that its data is erased. While
/// the store is open, the log may still contain it.
#[tokio::test]
async fn what_was_removed_or_replaced_is_in_no_file_of_a_closed_store() {
    let folder = filled().await;
    let store = Embedded::open(folder.path()).unwrap();
    let marked = |mark: &str| json!({ "author": mark, "text": mark.repeat(300) });
    for (id, mark) in [("removed", "Xerxes"), ("replaced", "Yorick")] {
        store.create(&TALES, id, marked(mark)).await.unwrap();
    }
    drop(store);
    let has = |mark: &str| {
        let files = snapshot(folder.path());
        files.values().any(|file| {
            let mut windows = file.windows(mark.len());
            windows.any(|window| window == mark.as_bytes())
        })
    };
    assert!(has("Xerxes") && has("Yorick"));
    let store = Embedded::open(folder.path()).unwrap();
    let removed = store.remove(&TALES, "removed", Revision::FIRST).await;
    removed.unwrap();
    let replaced = store.replace(&TALES, "replaced", Revision::FIRST, marked("Zelda"));
    replaced.await.unwrap();
    drop(store);
    assert!(!has("Xerxes") && !has("Yorick") && has("Zelda"));
}

#[tokio::test]
async fn a_start_that_was_killed_while_it_made_the_database_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    let leftovers = ["", "-journal", "-wal", "-shm"].map(|end| format!("inspired.db.new{end}"));
    for name in &leftovers {
        fs::write(folder.path().join(name), "half of it").unwrap();
    }
    let store = Embedded::open(folder.path()).unwrap();
    store.create(&TALES, "tale", json!({})).await.unwrap();
    for name in &leftovers {
        assert!(!folder.path().join(name).exists(), "{name}");
    }
}

#[tokio::test]
async fn what_was_acknowledged_is_in_a_copy_of_the_files_of_an_open_store() {
    let folder = tempfile::tempdir().unwrap();
    let store = Embedded::open(folder.path()).unwrap();
    store
        .create(&TALES, "tale", json!({ "author": "Grimm" }))
        .await
        .unwrap();
    let copy = tempfile::tempdir().unwrap();
    for name in ["inspired.db", "inspired.db-wal"] {
        fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
    }
    let again = Embedded::open(copy.path()).unwrap();
    assert_eq!(again.list(&TALES, by_grimm()).await.unwrap().len(), 1);
    assert!(database(&copy).exists());
}

#[tokio::test]
async fn a_list_by_a_field_that_is_not_indexed_is_refused() {
    let folder = filled().await;
    let store = Embedded::open(folder.path()).unwrap();
    let mut listing = by_grimm();
    listing.field = "text";
    assert!(store.list(&TALES, listing).await.is_err());
}
