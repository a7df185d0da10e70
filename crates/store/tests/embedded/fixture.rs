//! A collection, and a store with documents.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use domain::documents::{Collection, Consistency, Documents, FieldQuery};
use serde_json::json;
use store::embedded::{Embedded, OpenError};
use tempfile::TempDir;

pub(crate) static TALES: Collection = Collection {
    name: "tales",
    indexed: &["author"],
    max_body_bytes: 4 * 1024,
};

/// A folder with a closed store of a hundred documents.
pub(crate) async fn filled() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let store = Embedded::open(folder.path()).unwrap();
    for number in 0..100 {
        let body = json!({ "author": "Grimm", "text": "x".repeat(1000) });
        store
            .create(&TALES, &format!("tale-{number:02}"), body)
            .await
            .unwrap();
    }
    folder
}

pub(crate) fn database(folder: &TempDir) -> PathBuf {
    folder.path().join("inspired.db")
}

pub(crate) fn refusal(folder: &Path) -> OpenError {
    Embedded::open(folder).map(drop).unwrap_err()
}

/// Every file with its content.
pub(crate) fn snapshot(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files
        .map(|path| (path.clone(), fs::read(&path).unwrap()))
        .collect()
}

pub(crate) fn by_grimm() -> FieldQuery<'static> {
    FieldQuery {
        field: "author",
        value: "Grimm",
        after: None,
        limit: 1000,
        consistency: Consistency::Current,
    }
}
