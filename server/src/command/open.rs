//! Opening the store that was asked for.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use domain::{documents::Documents, search::Search};
use store::{
    elasticsearch::{ConnectError, Elasticsearch, NodeUrl, Settings},
    embedded::Embedded,
    embedded_search::EmbeddedSearch,
};
use tokio::time::sleep;

use crate::config::store::Store;

/// How long is waited between two tries.
const PAUSE: Duration = Duration::from_secs(1);

/// Where things are kept, and where they are found.
pub(super) type Opened = (Arc<dyn Documents>, Arc<dyn Search>);

/// Opens the store.
///
/// # Errors
/// When it cannot be used; a cluster that may still come is waited for, if that was asked.
pub(super) async fn open(store: &Store) -> anyhow::Result<Opened> {
    let Some(settings) = &store.elasticsearch else {
        let documents = Arc::new(Embedded::open(&store.data)?);
        let search = EmbeddedSearch::start();
        let search = Arc::new(search.context("the threads that search cannot be started")?);
        return Ok((documents, search));
    };
    warn_of_choices(settings);
    if store.wait {
        return Ok(wait(settings).await?);
    }
    let connected = connect(settings).await;
    let hint = |error: ConnectError| match error.may_pass() {
        true => anyhow::anyhow!("{error}, or start with --wait"),
        false => error.into(),
    };
    connected.map_err(hint)
}

async fn connect(settings: &Settings) -> Result<Opened, ConnectError> {
    let store = Elasticsearch::connect(settings.clone(), &domain::collections()).await?;
    let search = store.search().await?;
    Ok((Arc::new(store), search))
}

/// Says what it waits for whenever that has changed.
async fn wait(settings: &Settings) -> Result<Opened, ConnectError> {
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

fn warn_of_choices(settings: &Settings) {
    if !settings.nodes.iter().all(NodeUrl::is_private) {
        tracing::warn!("Elasticsearch is reached without encryption: use https");
    }
}
