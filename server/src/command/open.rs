//! Opens the configured store.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use async_trait::async_trait;
use domain::{
    documents::Documents,
    migrations::{Migrate, MigrationObserver, MigrationStep, Registry, StoreState},
    search::SearchIndex,
};
use store::{
    elasticsearch::{ClusterSettings, ConnectError, Elasticsearch, NodeUrl},
    embedded::{Embedded, OpenError},
    embedded_search::EmbeddedSearch,
};
use tokio::time::sleep;

use super::migrate::migrator;
use crate::config::store::StoreConfig;

/// Interval between two attempts to connect.
const PAUSE: Duration = Duration::from_secs(1);

/// The document store and the search index.
pub(super) type OpenedStore = (Arc<dyn Documents>, Arc<dyn SearchIndex>);

/// Opens the store. A store that is empty, or that no other process can use, is migrated if needed.
///
/// # Errors
/// If the store cannot be used. With `--wait` an unreachable cluster is waited for. A cluster with
/// documents of an older version is not migrated here, because other processes may be using it: the
/// operator runs `inspired migrate`.
pub(super) async fn open(store: &StoreConfig) -> anyhow::Result<OpenedStore> {
    let Some(settings) = &store.elasticsearch else {
        let documents = open_embedded(store).await?;
        let search = EmbeddedSearch::start();
        let search = Arc::new(search.context("the threads that search cannot be started")?);
        return Ok((documents, search));
    };
    warn_of_risky_options(settings);
    let connected = match connect_as_asked(store, settings).await {
        Err(older @ ConnectError::OlderData { .. }) => {
            let migrator = migrator(store);
            let standing = migrator.store_state(&Registry::of_program()).await?;
            if matches!(standing, StoreState::Filled(_)) {
                return Err(older.into());
            }
            migrate(&*migrator).await?;
            connect_as_asked(store, settings).await
        }
        connected => connected,
    };
    let hint = |error: ConnectError| match error.may_pass() {
        true => anyhow::anyhow!("{error}, or start with --wait"),
        false => error.into(),
    };
    connected.map_err(hint)
}

async fn open_embedded(store: &StoreConfig) -> anyhow::Result<Arc<dyn Documents>> {
    match Embedded::open(&store.data) {
        Err(OpenError::Older { .. }) => migrate(&*migrator(store)).await?,
        opened => return Ok(Arc::new(opened?)),
    }
    Ok(Arc::new(Embedded::open(&store.data)?))
}

async fn migrate(migrator: &dyn Migrate) -> anyhow::Result<()> {
    migrator
        .migrate(&Registry::of_program(), &LogProgress)
        .await?;
    Ok(())
}

async fn connect_as_asked(
    store: &StoreConfig,
    settings: &ClusterSettings,
) -> Result<OpenedStore, ConnectError> {
    match store.wait {
        true => wait(settings).await,
        false => connect(settings).await,
    }
}

async fn connect(settings: &ClusterSettings) -> Result<OpenedStore, ConnectError> {
    let store = Elasticsearch::connect(settings.clone(), &domain::collections()).await?;
    let search = store.search().await?;
    Ok((Arc::new(store), search))
}

/// Waits until the cluster can be used; logs each new reason once.
async fn wait(settings: &ClusterSettings) -> Result<OpenedStore, ConnectError> {
    let mut said = String::new();
    loop {
        let error = match connect(settings).await {
            Err(error) if error.may_pass() => error.to_string(),
            done => return done,
        };
        if said != error {
            tracing::warn!(error, "waiting for the store");
            said = error;
        }
        sleep(PAUSE).await;
    }
}

fn warn_of_risky_options(settings: &ClusterSettings) {
    if !settings.nodes.iter().all(NodeUrl::is_private) {
        tracing::warn!("Elasticsearch on another machine is reached without encryption: use https");
    }
}

/// Writes the progress of a migration to the log.
struct LogProgress;

#[async_trait]
impl MigrationObserver for LogProgress {
    async fn step(&self, step: MigrationStep) {
        tracing::info!(%step, "migrating");
    }
}
