//! Opening the store that was asked for.

use std::{sync::Arc, time::Duration};

use domain::documents::Documents;
use store::{
    elasticsearch::{ConnectError, Elasticsearch, NodeUrl, Settings},
    embedded::Embedded,
};
use tokio::time::sleep;

use crate::config::store::Store;

/// How long is waited between two tries.
const PAUSE: Duration = Duration::from_secs(1);

/// Opens the store.
///
/// # Errors
/// When it cannot be used; a cluster that may still come is waited for, if that was asked.
pub(super) async fn open(store: &Store) -> anyhow::Result<Arc<dyn Documents>> {
    let Some(settings) = &store.elasticsearch else {
        return Ok(Arc::new(Embedded::open(&store.data)?));
    };
    warn_of_choices(settings);
    if store.wait {
        return Ok(Arc::new(wait(settings).await?));
    }
    let connected = connect(settings).await;
    let hint = |error: ConnectError| match error.may_pass() {
        true => anyhow::anyhow!("{error}, or start with --wait"),
        false => error.into(),
    };
    Ok(Arc::new(connected.map_err(hint)?))
}

async fn connect(settings: &Settings) -> Result<Elasticsearch, ConnectError> {
    Elasticsearch::connect(settings.clone(), &domain::collections()).await
}

/// Says what it waits for whenever that has changed.
async fn wait(settings: &Settings) -> Result<Elasticsearch, ConnectError> {
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
