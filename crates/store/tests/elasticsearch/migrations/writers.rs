//! Writers during a migration: each write is rejected or preserved.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use domain::{
    documents::{Collection, Consistency, Documents, FieldQuery, Revision, StoreError},
    migrations::{Migrate, MigrateError, MigrationOutcome},
};
use futures::future::join_all;
use serde_json::json;

use super::shape::{Deed, assert_marked, filled, lift_block, migrate, migrator, open, registry};
use crate::fixture::{NOTES, TALES, assert_unavailable, eventually, put, tale};

/// What a writer knows of one of its documents.
#[derive(Debug, Default)]
struct Known {
    /// The last acknowledged revision; `None` after an acknowledged removal.
    acknowledged: Option<u64>,
    /// True if a call failed but may have been applied.
    is_open: bool,
}

/// Creates, replaces and removes its own documents until it is stopped.
async fn write(
    store: Arc<dyn Documents>,
    collection: &'static Collection,
    writer: usize,
    stop: Arc<AtomicBool>,
    acknowledged: Arc<AtomicU64>,
) -> BTreeMap<String, Known> {
    let mut all = BTreeMap::new();
    let mut number = 0;
    while !stop.load(Ordering::SeqCst) {
        number += 1;
        let id = format!("{writer}-{number}");
        let mut known = Known::default();
        for step in 0..4 {
            let at = Revision(known.acknowledged.unwrap_or_default());
            let done = match step {
                0 => store.create(collection, &id, tale("1")).await.map(Some),
                3 if number % 2 == 0 => store.remove(collection, &id, at).await.map(|()| None),
                _ => store
                    .replace(collection, &id, at, tale("2"))
                    .await
                    .map(Some),
            };
            match done {
                Ok(revision) => {
                    known.acknowledged = revision.map(|revision| revision.0);
                    acknowledged.fetch_add(1, Ordering::SeqCst);
                }
                Err(StoreError::Unavailable(_)) => known.is_open = true,
                Err(error) => panic!("{id}, step {step}: {error}"),
            }
            if known.is_open || known.acknowledged.is_none() {
                break;
            }
        }
        all.insert(id, known);
        tokio::task::yield_now().await;
    }
    all
}

async fn assert_kept(
    store: &dyn Documents,
    collection: &'static Collection,
    all: &BTreeMap<String, Known>,
) {
    for (id, known) in all {
        let there = store.get(collection, id).await.unwrap();
        let there = there.map(|there| there.revision.0);
        let next = known.acknowledged.unwrap_or_default() + 1;
        let may_be_gone = known.is_open && known.acknowledged.is_none_or(|at| at == 3);
        let is_as_told = there == known.acknowledged
            || known.is_open && there == Some(next)
            || may_be_gone && there.is_none();
        assert!(is_as_told, "{id}: {known:?} and {there:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_write_is_lost_and_none_is_made_in_the_old_shape_afterwards() {
    let indices = filled(20).await;
    let old = open(&indices, 1).await;
    let (stop, acknowledged) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
    );
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let collection = if writer < 6 { &TALES } else { &NOTES };
            let (stop, acknowledged) = (stop.clone(), acknowledged.clone());
            let written = write(old.clone(), collection, writer, stop, acknowledged);
            (collection, tokio::spawn(written))
        })
        .collect();
    let is_warm = || async { acknowledged.load(Ordering::SeqCst) > 200 };
    eventually("they write", is_warm).await;
    let migrated = migrate(&indices).await;
    assert_eq!(migrated.unwrap(), MigrationOutcome::Migrated(1, 2));
    let after = acknowledged.load(Ordering::SeqCst);
    // A process with the old data version finds no document any more, in any collection.
    for collection in [&TALES, &NOTES] {
        assert_unavailable(old.get(collection, "0").await);
        assert_unavailable(old.create(collection, "late", tale("1")).await);
        let listing = FieldQuery {
            field: "author",
            value: "Grimm",
            after: None,
            limit: 1,
            consistency: Consistency::Current,
        };
        assert!(old.list(collection, listing).await.is_err());
    }
    stop.store(true, Ordering::SeqCst);
    let (collections, tasks): (Vec<_>, Vec<_>) = writers.into_iter().unzip();
    let known = join_all(tasks).await;
    let new = open(&indices, 2).await;
    let mut kept = 0;
    for (collection, known) in collections.into_iter().zip(known) {
        let known = known.unwrap();
        kept += known
            .values()
            .filter(|one| one.acknowledged.is_some())
            .count();
        assert_kept(&*new, collection, &known).await;
    }
    assert!(kept > 50, "{kept} is too few to prove anything");
    // Notes can be written until the switch; later acknowledgements were in flight then.
    assert!(acknowledged.load(Ordering::SeqCst) - after <= 16);
    assert_marked(&indices, 20).await;
}

/// A document has the position in the new index that another one had in the old.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_of_before_writes_nothing_after() {
    let indices = filled(3).await;
    let old = open(&indices, 1).await;
    for number in 0..3 {
        old.get(&TALES, &number.to_string()).await.unwrap();
    }
    migrate(&indices).await.unwrap();
    for number in 0..3 {
        let id = number.to_string();
        assert_unavailable(old.replace(&TALES, &id, Revision(1), tale("late")).await);
        assert_unavailable(old.remove(&TALES, &id, Revision(1)).await);
    }
    assert_marked(&indices, 3).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_block_that_somebody_lifts_ends_it_and_loses_nothing() {
    let indices = Arc::new(filled(3).await);
    let old = open(&indices, 1).await;
    let late = {
        let (indices, old) = (indices.clone(), old.clone());
        move || {
            let (indices, old) = (indices.clone(), old.clone());
            async move {
                lift_block(&indices).await;
                old.create(&TALES, "late", tale("late")).await.unwrap();
            }
        }
    };
    // After the copy was compared: the steps before are "locked", "closed" and "rewritten".
    let watch = Deed::at(4, late);
    let migrated = migrator(indices.settings())
        .migrate(&registry(), &watch)
        .await;
    assert!(
        matches!(migrated, Err(MigrateError::Check { .. })),
        "{migrated:?}"
    );
    assert!(old.get(&TALES, "late").await.unwrap().is_some());
    migrate(&indices).await.unwrap();
    let new = open(&indices, 2).await;
    assert!(new.get(&TALES, "late").await.unwrap().is_some());
    assert_marked(&indices, 3).await;
}

/// As after a restore without aliases.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_that_lost_its_alias_is_not_taken_for_a_leftover() {
    let indices = filled(3).await;
    migrate(&indices).await.unwrap();
    let restored = format!("{}-tales-1", indices.prefix());
    let ours = json!({ "mappings": { "_meta": { "inspired": { "schema": 1 } } } });
    put(indices.url(), &restored, &ours).await;
    assert_eq!(
        migrate(&indices).await.unwrap(),
        MigrationOutcome::Already(2)
    );
    assert!(indices.names().await.contains(&restored));
}
