//! The content of a store before a migration, and the expected content after it.

use std::collections::BTreeMap;

use domain::{
    documents::{Collection, Consistency, Documents, FieldQuery, Revision},
    migrations::{MigrateError, MigrationOutcome},
};
use futures::future::join_all;
use serde_json::{Value, json};
use testbed::{TestIndices, TestStore};

use crate::{
    bystander::Listener,
    registry::{CARDS, DRAFTS, LETTERS, NEW, NOTES, OLD, TALES, to_last},
};

/// Collection, id, revision and body, the latter two as text.
pub(crate) type Contents = BTreeMap<(&'static str, String), String>;

/// A closed store at the first data version with `count` tales.
pub(crate) async fn place_with(count: usize) -> TestStore {
    let place = TestStore::fresh();
    let store = place.open_at(&OLD, 1).await.unwrap();
    fill(&*store, count).await;
    place
}

/// Migrates a store to the last data version.
pub(crate) async fn migrate(place: &TestStore) -> Result<MigrationOutcome, MigrateError> {
    let migrator = place.migrator();
    migrator.migrate(&to_last(), &Listener::default()).await
}

async fn fill(store: &dyn Documents, count: usize) {
    let [tales, notes, cards, _] = OLD;
    join_all((0..count).map(|number| one_tale(store, tales, number))).await;
    for number in 0..5 {
        let id = format!("{number}/x");
        let body = json!({ "author": "Grimm", "number": number });
        store.create(notes, &id, body.clone()).await.unwrap();
        store.create(cards, &id, body.clone()).await.unwrap();
        store.create(&DRAFTS, &id, body).await.unwrap();
    }
}

/// Every fourth tale is at revision 3, every seventh is removed.
async fn one_tale(store: &dyn Documents, tales: &'static Collection, number: usize) {
    let id = id(number);
    store.create(tales, &id, tale(number)).await.unwrap();
    if number.is_multiple_of(4) {
        for from in [1, 2] {
            let body = tale(number);
            store
                .replace(tales, &id, Revision(from), body)
                .await
                .unwrap();
        }
    }
    if number.is_multiple_of(7) {
        let at = revision(number);
        store.remove(tales, &id, Revision(at)).await.unwrap();
    }
}

pub(crate) fn id(number: usize) -> String {
    format!("tale/{number:05}")
}

fn revision(number: usize) -> u64 {
    if number.is_multiple_of(4) { 3 } else { 1 }
}

/// A tale at the first data version.
fn tale(number: usize) -> Value {
    json!({ "author": "Grimm", "title": format!("tale {number}"), "pages": number, "half": 0.5 })
}

/// The expected content at the last data version.
pub(crate) fn expected(count: usize) -> Contents {
    let mut contents = Contents::new();
    for number in (0..count).filter(|number| !number.is_multiple_of(7)) {
        let body = format!(
            r#"{{"author":"Grimm","half":0.5,"pages":{number},"shelf":"shelf 1","titles":["tale {number}"]}}"#
        );
        let text = format!("{} {body}", revision(number));
        contents.insert(("tales", id(number)), text);
    }
    for number in 0..5 {
        for name in ["notes", "cards"] {
            let text = format!(r#"1 {{"author":"Grimm","number":{number}}}"#);
            contents.insert((name, format!("{number}/x")), text);
        }
    }
    contents
}

/// The content at the last data version, read by id.
pub(crate) async fn contents(place: &TestStore, count: usize) -> Contents {
    let store = place.open_at(&NEW, 3).await.unwrap();
    let mut contents = Contents::new();
    let tales: Vec<_> = (0..count).map(id).collect();
    let small: Vec<_> = (0..5).map(|number| format!("{number}/x")).collect();
    let asked = [
        (&TALES, &tales),
        (&NOTES, &small),
        (&CARDS, &small),
        (&LETTERS, &small),
    ];
    for (collection, ids) in asked {
        let ids: Vec<_> = ids.iter().map(String::as_str).collect();
        for document in store.get_many(collection, &ids).await.unwrap() {
            let Some(document) = document else { continue };
            let text = format!("{} {}", document.revision.0, document.body);
            contents.insert((collection.name, document.id), text);
        }
    }
    contents
}

/// Number of documents that are listed by a value at the last data version.
pub(crate) async fn listed(
    place: &TestStore,
    collection: &'static Collection,
    field: &str,
    value: &str,
) -> usize {
    let store = place.open_at(&NEW, 3).await.unwrap();
    let listing = FieldQuery {
        field,
        value,
        after: None,
        limit: 10_000,
        consistency: Consistency::Current,
    };
    store.list(collection, listing).await.unwrap().len()
}

/// Asserts that only the indices of the last data version exist.
pub(crate) async fn assert_tidy(place: &TestStore) {
    let Some(indices) = place.indices() else {
        return;
    };
    let names = indices.names().await;
    // An index for each of the four collections, and the one of the lock.
    assert_eq!(names.len(), 5, "{names:?}");
    assert!(
        !names.iter().any(|name| name.contains("drafts")),
        "{names:?}"
    );
    assert!(!has_version(indices, &names, "tales-1"), "{names:?}");
}

fn has_version(indices: &TestIndices, names: &[String], name: &str) -> bool {
    names.contains(&format!("{}-{name}", indices.prefix()))
}
