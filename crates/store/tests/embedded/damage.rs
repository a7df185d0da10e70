//! Claims about folders whose database is damaged: each is rejected with its reason, and no byte
//! is changed.

use std::{
    fs::{self, OpenOptions},
    os::unix::fs::FileExt,
};

use domain::documents::Documents;
use rusqlite::Connection;
use serde_json::json;
use store::embedded::{Embedded, OpenError};
use tempfile::TempDir;

use crate::fixture::{TALES, database, filled, refusal, snapshot};

/// Opens twice, because a first rejection must not change the second one.
fn refused_unchanged(folder: &TempDir) -> OpenError {
    let before = snapshot(folder.path());
    let first = refusal(folder.path());
    let second = refusal(folder.path());
    assert_eq!(first.to_string(), second.to_string());
    let mut after = snapshot(folder.path());
    // Only the process id in the lock file may differ.
    if let Some(lock) = before.keys().find(|path| path.ends_with("lock")) {
        after.insert(lock.clone(), before[lock].clone());
    }
    assert!(
        before == after,
        "{:?} became {:?}",
        before.keys(),
        after.keys()
    );
    first
}

fn change(folder: &TempDir, sql: &str) {
    let connection = Connection::open(database(folder)).unwrap();
    connection.execute_batch(sql).unwrap();
}

fn assert_damaged(folder: &TempDir, reason: &str) {
    let refused = refused_unchanged(folder);
    let OpenError::Damaged { reason: found, .. } = &refused else {
        panic!("{refused}");
    };
    assert!(found.contains(reason), "{found}");
    assert!(refused.to_string().contains("nothing was changed"));
}

#[test]
fn an_empty_file_is_not_a_fresh_start() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(database(&folder), "").unwrap();
    assert_damaged(&folder, "it is empty");
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for content in ["short", &"a letter, not a database\n".repeat(1000)] {
        fs::write(database(&folder), content).unwrap();
        assert_damaged(&folder, "it is not a SQLite file");
    }
}

#[test]
fn a_folder_in_place_of_the_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(database(&folder)).unwrap();
    assert!(
        refusal(folder.path())
            .to_string()
            .contains("it is not a file")
    );
}

#[tokio::test]
async fn a_truncated_database_is_refused() {
    let folder = filled().await;
    let file = OpenOptions::new()
        .write(true)
        .open(database(&folder))
        .unwrap();
    let whole = file.metadata().unwrap().len();
    for length in [whole - 1, whole - 4096, whole / 2, 4096, 100] {
        file.set_len(length).unwrap();
        let refused = refused_unchanged(&folder);
        assert!(
            matches!(refused, OpenError::Damaged { .. }),
            "{length}: {refused}"
        );
    }
}

#[tokio::test]
async fn a_database_with_something_behind_it_is_refused() {
    let folder = filled().await;
    let file = OpenOptions::new()
        .append(true)
        .open(database(&folder))
        .unwrap();
    std::io::Write::write_all(&mut &file, &[7; 4096]).unwrap();
    assert_damaged(&folder, "bytes and should have");
}

#[tokio::test]
async fn a_database_with_an_overwritten_page_is_refused() {
    let folder = filled().await;
    let file = OpenOptions::new()
        .write(true)
        .open(database(&folder))
        .unwrap();
    file.write_all_at(&[0xab; 4096], 5 * 4096).unwrap();
    assert_damaged(&folder, "");
}

#[tokio::test]
async fn a_killed_store_with_an_overwritten_page_is_refused_with_its_log_unchanged() {
    let folder = filled().await;
    let store = Embedded::open(folder.path()).unwrap();
    store.create(&TALES, "late", json!({})).await.unwrap();
    let killed = tempfile::tempdir().unwrap();
    for name in ["inspired.db", "inspired.db-wal"] {
        fs::copy(folder.path().join(name), killed.path().join(name)).unwrap();
    }
    let file = OpenOptions::new()
        .write(true)
        .open(database(&killed))
        .unwrap();
    file.write_all_at(&[0xab; 4096], 20 * 4096).unwrap();
    assert_damaged(&killed, "");
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let folder = filled().await;
    change(&folder, "PRAGMA user_version = 2");
    let refused = refused_unchanged(&folder);
    assert!(
        matches!(
            refused,
            OpenError::Version {
                found: 2,
                known: 1,
                ..
            }
        ),
        "{refused}"
    );
}

#[tokio::test]
async fn a_database_of_an_unknown_version_is_refused() {
    let folder = filled().await;
    change(&folder, "PRAGMA user_version = 0");
    assert!(matches!(
        refused_unchanged(&folder),
        OpenError::Version { found: 0, .. }
    ));
}

#[test]
fn a_database_of_another_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    change(
        &folder,
        "CREATE TABLE documents (id); PRAGMA user_version = 1",
    );
    assert!(matches!(refused_unchanged(&folder), OpenError::Foreign(_)));
}

#[tokio::test]
async fn a_missing_table_or_index_is_refused() {
    for (sql, part) in [
        ("DROP INDEX listed_by_document", "listed_by_document"),
        ("DROP TABLE listed", "listed"),
        ("DROP TABLE documents", "documents"),
    ] {
        let folder = filled().await;
        change(&folder, sql);
        assert_damaged(&folder, &format!("`{part}"));
    }
}

#[test]
fn a_log_whose_database_is_gone_is_not_a_fresh_start() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("inspired.db-wal"), "all that is left").unwrap();
    assert_damaged(&folder, "it is missing");
}

/// A database larger than what is checked entirely at the start, truncated while it has a live
/// log, as by a copy that was interrupted after a kill.
#[tokio::test]
async fn a_large_database_that_lost_its_end_beside_a_log_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Embedded::open(folder.path()).unwrap();
    for number in 0..80 {
        let body = json!({ "text": "x".repeat(1_000_000) });
        store
            .create(&TALES, &format!("long-{number:02}"), body)
            .await
            .unwrap();
    }
    let killed = tempfile::tempdir().unwrap();
    for name in ["inspired.db", "inspired.db-wal"] {
        fs::copy(folder.path().join(name), killed.path().join(name)).unwrap();
    }
    let file = OpenOptions::new()
        .write(true)
        .open(database(&killed))
        .unwrap();
    let length = file.metadata().unwrap().len();
    assert!(length > 64 * 1024 * 1024, "{length}");
    file.set_len(length / 8 * 5).unwrap();
    let refused = refused_unchanged(&killed);
    assert!(matches!(refused, OpenError::Damaged { .. }), "{refused}");
}
