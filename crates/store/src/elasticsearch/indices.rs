//! The indices: one for each collection, made at the start, with a mapping that nothing else fits.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use domain::documents::Collection;
use elasticsearch::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

use super::{
    call::{Call, milliseconds, unreadable},
    cluster::Cluster,
    connect_error::ConnectError,
    failure::{Cause, Failure},
    index_settings,
    mapping::{self, SCHEMA},
    settings::Prefix,
};

/// How often two processes that start together may be in each other's way.
const ROUNDS: u32 = 5;

/// How long is waited between two looks at the copies of the indices.
const PAUSE: Duration = Duration::from_millis(50);

/// What requests call the index of a collection: an alias, so that another index can take its place.
pub(super) fn alias(prefix: &Prefix, collection: &Collection) -> Arc<str> {
    format!("{prefix}-{}", collection.name).into()
}

/// The index itself.
fn index(alias: &str) -> String {
    format!("{alias}-{SCHEMA}")
}

/// Makes those that are missing, checks those that are there, and waits until all can be used.
pub(super) async fn prepare(
    cluster: &Arc<Cluster>,
    collections: &[&'static Collection],
) -> Result<(), ConnectError> {
    if collections.is_empty() {
        return Ok(());
    }
    let prefix = &cluster.settings.prefix;
    for _ in 0..ROUNDS {
        let missing = missing(cluster, collections).await?;
        if missing.is_empty() {
            return ready(cluster, collections).await;
        }
        create_all(cluster, missing).await?;
    }
    // What was made came with its alias, so whoever made it was somebody else.
    let missing = missing(cluster, collections).await?;
    let Some(first) = missing.first() else {
        return ready(cluster, collections).await;
    };
    let alias = alias(prefix, first);
    Err(ConnectError::NoAlias {
        index: index(&alias),
        alias: alias.to_string(),
    })
}

/// Waits until all can be used.
pub(super) async fn ready(
    cluster: &Arc<Cluster>,
    collections: &[&'static Collection],
) -> Result<(), ConnectError> {
    let prefix = &cluster.settings.prefix;
    let aliases: Vec<_> = collections.iter().map(|one| alias(prefix, one)).collect();
    let waited = wait(cluster, &aliases).await;
    waited.map_err(|failure| ConnectError::of(&failure, &nodes(cluster)))
}

async fn create_all(
    cluster: &Arc<Cluster>,
    missing: Vec<&'static Collection>,
) -> Result<(), ConnectError> {
    let mut creating = JoinSet::new();
    for collection in missing {
        let (cluster, alias) = (cluster.clone(), alias(&cluster.settings.prefix, collection));
        creating.spawn(async move { (create(&cluster, collection, &alias).await, alias) });
    }
    for (created, alias) in creating.join_all().await {
        created.map_err(|failure| match failure {
            Creation::Foreign => ConnectError::Foreign(alias.to_string()),
            Creation::Failed(failure) => ConnectError::of(&failure, &nodes(cluster)),
        })?;
    }
    Ok(())
}

/// Checks those that are there; gives the collections that have none.
pub(super) async fn missing(
    cluster: &Arc<Cluster>,
    collections: &[&'static Collection],
) -> Result<Vec<&'static Collection>, ConnectError> {
    let prefix = &cluster.settings.prefix;
    let aliases: Vec<_> = collections.iter().map(|one| alias(prefix, one)).collect();
    let call = Call::new(Method::Get, format!("/{}", aliases.join(",")))
        .query("ignore_unavailable", true)
        .query("flat_settings", true)
        .query("filter_path", "*.aliases,*.mappings,*.settings");
    let found = async { cluster.send(&call).await?.success() }.await;
    let found: BTreeMap<String, Described> =
        found.map_err(|failure: Failure| ConnectError::of(&failure, &nodes(cluster)))?;
    let mut missing = Vec::new();
    for (&collection, alias) in collections.iter().zip(&aliases) {
        let behind: Vec<_> = found
            .iter()
            .filter(|(name, described)| {
                name.as_str() == &**alias || described.aliases.contains_key(&**alias)
            })
            .collect();
        match behind.as_slice() {
            [] => missing.push(collection),
            [(name, described)] if described.aliases.contains_key(&**alias) => {
                check(name, described, collection)?;
            }
            _ => return Err(ConnectError::Foreign(alias.to_string())),
        }
    }
    Ok(missing)
}

fn check(name: &str, described: &Described, collection: &Collection) -> Result<(), ConnectError> {
    let index = name.to_owned();
    let Some(found) = mapping::version(&described.mappings) else {
        return Err(ConnectError::Foreign(index));
    };
    if found > SCHEMA {
        return Err(ConnectError::Newer {
            index,
            found,
            known: SCHEMA,
        });
    }
    if index_settings::is_closed(&described.settings) {
        return Err(ConnectError::Closed(index));
    }
    if let Some(setting) = index_settings::unfit(&described.settings) {
        return Err(ConnectError::Setting { index, setting });
    }
    match mapping::difference(&described.mappings, &mapping::of(collection)) {
        Some(field) => Err(ConnectError::Mapping { index, field }),
        None => Ok(()),
    }
}

enum Creation {
    Foreign,
    Failed(Failure),
}

/// Makes an index and its alias in one step. Another process may have been faster, which is as good.
async fn create(
    cluster: &Arc<Cluster>,
    collection: &'static Collection,
    alias: &str,
) -> Result<(), Creation> {
    let body = json!({
        "aliases": { alias: { "is_write_index": true } },
        "mappings": mapping::of(collection),
        "settings": index_settings::ours(),
    });
    let call = Call::new(Method::Put, format!("/{}", index(alias)))
        .query("timeout", milliseconds(cluster.patience()))
        .json(&body);
    let answer = cluster.send(&call).await.map_err(Creation::Failed)?;
    if answer.status.is_success() {
        tracing::info!(index = index(alias), "an index was made");
        return Ok(());
    }
    match Cause::read(&answer.body).kind.as_str() {
        "resource_already_exists_exception" => Ok(()),
        "invalid_alias_name_exception" => Err(Creation::Foreign),
        _ => {
            let cause = Cause::read(&answer.body).whole();
            let failure = Failure::Refused(format!("{}: {cause}", answer.status));
            Err(Creation::Failed(failure))
        }
    }
}

/// Waits until every index has a copy that works. The colour does not say it (an index that was just
/// made is yellow before it has any), nor does the number of copies.
pub(super) async fn wait(cluster: &Arc<Cluster>, aliases: &[Arc<str>]) -> Result<(), Failure> {
    #[derive(Deserialize)]
    struct Health {
        active_primary_shards: usize,
    }
    let deadline = Instant::now() + cluster.settings.timeout;
    let path = format!("/_cluster/health/{}", aliases.join(","));
    loop {
        let call = Call::new(Method::Get, &path)
            .query("timeout", milliseconds(Duration::ZERO))
            .query("filter_path", "active_primary_shards");
        let answer = cluster.send(&call).await?;
        let health: Health = serde_json::from_slice(&answer.body).map_err(unreadable)?;
        if health.active_primary_shards >= aliases.len() {
            return Ok(());
        }
        if Instant::now() >= deadline {
            let text = "the cluster is red: an index of ours has no copy that works".to_owned();
            return Err(Failure::Busy(text));
        }
        sleep(PAUSE).await;
    }
}

/// The nodes as a sentence names them.
pub(super) fn nodes(cluster: &Cluster) -> String {
    let nodes: Vec<_> = cluster
        .settings
        .nodes
        .iter()
        .map(ToString::to_string)
        .collect();
    nodes.join(", ")
}

#[derive(Debug, Deserialize)]
struct Described {
    #[serde(default)]
    aliases: BTreeMap<String, Value>,
    #[serde(default)]
    mappings: Value,
    #[serde(default)]
    settings: BTreeMap<String, Value>,
}
