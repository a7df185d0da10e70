//! Two data versions, and an observer of the steps between them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use domain::{
    documents::Documents,
    migrations::{
        ChangeKind, CollectionChange, DocumentBody, Migrate, MigrateError, Migration,
        MigrationObserver, MigrationOutcome, MigrationStep, Registry,
    },
};
use serde_json::{Value, json};
use store::elasticsearch::{ClusterSettings, Elasticsearch, ElasticsearchMigrator};
use testbed::TestIndices;

use crate::fixture::{NOTES, TALES, put};

static FIRST: Migration = Migration {
    number: 1,
    name: "at first",
    changes: &[],
};
static SECOND: Migration = Migration {
    number: 2,
    name: "a mark",
    changes: &[CollectionChange {
        collection: "tales",
        kind: ChangeKind::Rewritten(mark),
    }],
};

fn mark(body: &mut DocumentBody) -> Result<(), String> {
    body.insert("marked".to_owned(), json!(true));
    Ok(())
}

/// The migrations from the first to the second data version; notes stay the same.
pub(crate) fn registry() -> Registry {
    static ALL: &[&Migration] = &[&FIRST, &SECOND];
    Registry::new(&[&TALES, &NOTES], ALL)
}

/// A migrator that takes another one for dead after a second.
pub(crate) fn migrator(settings: ClusterSettings) -> ElasticsearchMigrator {
    ElasticsearchMigrator::new(settings).with_patience(Duration::from_secs(1))
}

/// Migrates without an observer.
pub(crate) async fn migrate(indices: &TestIndices) -> Result<MigrationOutcome, MigrateError> {
    let nobody = Deed::at(usize::MAX, || async {});
    migrator(indices.settings())
        .migrate(&registry(), &nobody)
        .await
}

pub(crate) async fn open(indices: &TestIndices, version: u32) -> Arc<dyn Documents> {
    let all = [&TALES, &NOTES];
    let store = Elasticsearch::connect_at(indices.settings(), &all, version).await;
    Arc::new(store.unwrap())
}

/// Indices at the first data version, with some tales.
pub(crate) async fn filled(count: usize) -> TestIndices {
    let indices = TestIndices::fresh(&testbed::required_server());
    let store = open(&indices, 1).await;
    for number in 0..count {
        let body = json!({ "author": "Grimm", "number": number });
        store
            .create(&TALES, &number.to_string(), body)
            .await
            .unwrap();
    }
    indices
}

/// Asserts that all tales exist and are marked.
pub(crate) async fn assert_marked(indices: &TestIndices, count: usize) {
    let store = open(indices, 2).await;
    for number in 0..count {
        let tale = store.get(&TALES, &number.to_string()).await.unwrap();
        let tale = tale.unwrap_or_else(|| panic!("{number} is gone"));
        let body = json!({ "author": "Grimm", "number": number, "marked": true });
        assert_eq!((tale.revision.0, tale.body), (1, body));
    }
}

/// Removes the write block of a migration, as a hasty operator would.
pub(crate) async fn lift_block(indices: &TestIndices) {
    let path = format!("{}-tales-1/_settings", indices.prefix());
    let open: Value = json!({ "index.blocks.write": null });
    put(indices.url(), &path, &open).await;
}

/// Runs an action after a step, and lets the migration continue.
pub(crate) struct Deed<F> {
    at: usize,
    told: AtomicUsize,
    deed: F,
}

impl<F> Deed<F> {
    pub(crate) fn at(at: usize, deed: F) -> Self {
        Self {
            at,
            told: AtomicUsize::new(0),
            deed,
        }
    }

    pub(crate) fn steps(&self) -> usize {
        self.told.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl<F: Fn() -> D + Send + Sync, D: Future<Output = ()> + Send> MigrationObserver for Deed<F> {
    async fn step(&self, _step: MigrationStep) {
        if self.told.fetch_add(1, Ordering::SeqCst) + 1 == self.at {
            (self.deed)().await;
        }
    }
}
