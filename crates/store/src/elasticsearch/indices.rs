//! The indices: one per collection, created at the start with a strict mapping.

pub(super) mod index_settings;
pub(super) mod inventory;
pub(super) mod mapping;
pub(super) mod readiness;

use std::{sync::Arc, time::Duration};

use domain::{documents::Collection, migrations::BASELINE};
use elasticsearch::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

use self::{
    inventory::{Inventory, VersionedIndex},
    mapping::SCHEMA,
};
use super::client::{
    call::{NodeRequest, milliseconds, unreadable},
    cluster::Cluster,
    connect_error::ConnectError,
    failure::{ErrorCause, RequestFailure},
    settings::IndexPrefix,
};

/// Maximum number of rounds in which processes that start together create indices.
const ROUNDS: u32 = 5;

/// Interval between checks of the copies of the indices.
const PAUSE: Duration = Duration::from_millis(50);

/// The alias through which requests address the index of a collection, so that another index can
/// replace it. Its name contains the data version, so a process with another data version finds no
/// index: it can neither misread migrated documents nor write outdated ones.
pub(super) fn alias(prefix: &IndexPrefix, name: &str, version: u32) -> Arc<str> {
    match version {
        BASELINE => format!("{prefix}-{name}").into(),
        _ => format!("{prefix}-{name}-v{version}").into(),
    }
}

/// The data version in the alias of a collection.
pub(super) fn version_in(alias: &str, prefix: &IndexPrefix, name: &str) -> Option<u32> {
    let rest = alias.strip_prefix(&format!("{prefix}-{name}"))?;
    if rest.is_empty() {
        return Some(BASELINE);
    }
    rest.strip_prefix("-v")?.parse().ok()
}

/// The name of the index itself, when it is created empty.
fn index(prefix: &IndexPrefix, name: &str, version: u32) -> String {
    format!("{prefix}-{name}-{version}")
}

/// Creates missing indices, checks existing ones, and waits until all are usable; returns true if
/// none existed.
pub(super) async fn prepare(
    cluster: &Arc<Cluster>,
    collections: &[&'static Collection],
    version: u32,
) -> Result<bool, ConnectError> {
    if collections.is_empty() {
        return Ok(false);
    }
    let prefix = &cluster.settings.prefix;
    let mut were_missing = 0;
    for _ in 0..ROUNDS {
        let missing = missing(cluster, collections, version).await?;
        if missing.is_empty() {
            ready(cluster, collections, version).await?;
            return Ok(were_missing == collections.len());
        }
        were_missing = were_missing.max(missing.len());
        create_all(cluster, missing, version).await?;
    }
    // Creating an index includes its alias, so an index without one comes from elsewhere.
    let missing = missing(cluster, collections, version).await?;
    let Some(first) = missing.first() else {
        ready(cluster, collections, version).await?;
        return Ok(false);
    };
    Err(ConnectError::NoAlias {
        index: index(prefix, first.name, version),
        alias: alias(prefix, first.name, version).to_string(),
    })
}

/// Waits until all indices are usable.
pub(super) async fn ready(
    cluster: &Arc<Cluster>,
    collections: &[&'static Collection],
    version: u32,
) -> Result<(), ConnectError> {
    let prefix = &cluster.settings.prefix;
    let all = collections.iter();
    let aliases: Vec<_> = all.map(|one| alias(prefix, one.name, version)).collect();
    let waited = wait(cluster, &aliases).await;
    waited.map_err(|failure| ConnectError::of(&failure, &nodes(cluster)))
}

async fn create_all(
    cluster: &Arc<Cluster>,
    missing: Vec<&'static Collection>,
    version: u32,
) -> Result<(), ConnectError> {
    let mut creating = JoinSet::new();
    for collection in missing {
        let cluster = cluster.clone();
        let alias = alias(&cluster.settings.prefix, collection.name, version);
        let index = index(&cluster.settings.prefix, collection.name, version);
        creating.spawn(async move {
            let created = create(&cluster, &index, &alias, mapping::of(collection)).await;
            (created, alias)
        });
    }
    for (created, alias) in creating.join_all().await {
        created.map_err(|failure| match failure {
            Creation::Foreign => ConnectError::Foreign(alias.to_string()),
            Creation::Failed(failure) => ConnectError::of(&failure, &nodes(cluster)),
        })?;
    }
    Ok(())
}

/// Checks existing indices; returns the collections without one.
pub(super) async fn missing(
    cluster: &Arc<Cluster>,
    collections: &[&'static Collection],
    version: u32,
) -> Result<Vec<&'static Collection>, ConnectError> {
    let names: Vec<_> = collections.iter().map(|one| one.name).collect();
    let inventory = Inventory::read_indices(cluster, &names).await?;
    let mut missing = Vec::new();
    for &collection in collections {
        let kept = inventory.indices_of(collection.name)?;
        for one in &kept {
            check(one, collection, version)?;
        }
        if kept.is_empty() {
            missing.push(collection);
        }
    }
    require(inventory.newest(&names)?, version)?;
    Ok(missing)
}

/// Rejects any data version other than `known`.
fn require(found: Option<VersionedIndex<'_>>, known: u32) -> Result<(), ConnectError> {
    let Some(kept) = found else {
        return Ok(());
    };
    let (index, found) = (kept.index.to_owned(), kept.version);
    match found {
        _ if found > known => Err(ConnectError::NewerData {
            index,
            found,
            known,
        }),
        _ if found < known => Err(ConnectError::OlderData {
            index,
            found,
            known,
        }),
        _ => Ok(()),
    }
}

fn check(
    kept: &VersionedIndex<'_>,
    collection: &Collection,
    version: u32,
) -> Result<(), ConnectError> {
    sound(kept)?;
    let (found, expected) = (&kept.described.mappings, mapping::of(collection));
    let difference = match kept.version == version {
        true => mapping::difference(found, &expected),
        false => mapping::difference_but_lists(found, &expected),
    };
    match difference {
        Some(field) => Err(ConnectError::Mapping {
            index: kept.index.to_owned(),
            field,
        }),
        None => Ok(()),
    }
}

/// Rejects an index that is not ours or has unsafe settings.
pub(super) fn sound(kept: &VersionedIndex<'_>) -> Result<(), ConnectError> {
    let (index, described) = (kept.index.to_owned(), kept.described);
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
    match index_settings::unfit(&described.settings) {
        Some(setting) => Err(ConnectError::Setting { index, setting }),
        None => Ok(()),
    }
}

pub(super) enum Creation {
    Foreign,
    Failed(RequestFailure),
}

/// Creates an index and its alias in one request. It is no error if another process was faster.
pub(super) async fn create(
    cluster: &Arc<Cluster>,
    index: &str,
    alias: &str,
    mapping: Value,
) -> Result<(), Creation> {
    let body = json!({
        "aliases": { alias: { "is_write_index": true } },
        "mappings": mapping,
        "settings": index_settings::ours(),
    });
    let call = NodeRequest::new(Method::Put, format!("/{index}"))
        .query("timeout", milliseconds(cluster.patience()))
        .json(&body);
    let answer = cluster.send(&call).await.map_err(Creation::Failed)?;
    if answer.status.is_success() {
        tracing::info!(index, "an index was made");
        return Ok(());
    }
    match ErrorCause::read(&answer.body).kind.as_str() {
        "resource_already_exists_exception" => Ok(()),
        "invalid_alias_name_exception" => Err(Creation::Foreign),
        _ => {
            let cause = ErrorCause::read(&answer.body).whole();
            let failure = RequestFailure::Refused(format!("{}: {cause}", answer.status));
            Err(Creation::Failed(failure))
        }
    }
}

/// Waits until every index has a working copy. The health colour does not show that (a new index
/// is yellow before it has any copy), nor does the number of copies.
pub(super) async fn wait(
    cluster: &Arc<Cluster>,
    aliases: &[Arc<str>],
) -> Result<(), RequestFailure> {
    #[derive(Deserialize)]
    struct Health {
        active_primary_shards: usize,
    }
    let deadline = Instant::now() + cluster.settings.timeout;
    let path = format!("/_cluster/health/{}", aliases.join(","));
    loop {
        let call = NodeRequest::new(Method::Get, &path)
            .query("timeout", milliseconds(Duration::ZERO))
            .query("filter_path", "active_primary_shards");
        let answer = cluster.send(&call).await?;
        let health: Health = serde_json::from_slice(&answer.body).map_err(unreadable)?;
        if health.active_primary_shards >= aliases.len() {
            return Ok(());
        }
        if Instant::now() >= deadline {
            let text = "the cluster is red: an index of ours has no copy that works".to_owned();
            return Err(RequestFailure::Busy(text));
        }
        sleep(PAUSE).await;
    }
}

/// The URLs of the nodes for a message.
pub(super) fn nodes(cluster: &Cluster) -> String {
    let nodes: Vec<_> = cluster
        .settings
        .nodes
        .iter()
        .map(ToString::to_string)
        .collect();
    nodes.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_says_the_data_version() {
        let prefix = IndexPrefix::parse("p").unwrap();
        for version in [1, 2, 17] {
            let alias = alias(&prefix, "tales", version);
            assert_eq!(version_in(&alias, &prefix, "tales"), Some(version));
        }
        for other in [
            "p-tales-2",
            "p-tales-2-ab-unfinished",
            "p-talesmen",
            "q-tales",
        ] {
            assert_eq!(version_in(other, &prefix, "tales"), None, "{other}");
        }
    }
}
