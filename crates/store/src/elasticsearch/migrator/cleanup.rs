//! Removes leftovers of migrations: replaced indices, and copies that were never completed. An
//! index without an alias for another reason, such as a restore, is not touched.

use std::sync::Arc;

use domain::migrations::{MigrateError, Registry};
use elasticsearch::http::Method;
use serde_json::json;

use crate::elasticsearch::{
    client::{call::NodeRequest, cluster::Cluster, failure::RequestFailure},
    indices::{index_settings, inventory::Inventory, mapping},
};

/// Suffix of the alias of a copy until it replaces the original.
pub(super) const UNFINISHED: &str = "-unfinished";
/// Suffix of the alias of a copy that can no longer replace the original.
const DISCARDED: &str = "-discarded";

/// True if there are no leftovers.
pub(super) fn is_tidy(inventory: &Inventory, registry: &Registry) -> bool {
    leftovers(inventory, registry).is_empty()
}

/// Removes leftovers. The caller must hold the lock, because an unfinished copy may belong to a
/// running migration.
pub(super) async fn tidy(
    cluster: &Arc<Cluster>,
    registry: &Registry,
    inventory: &Inventory,
) -> Result<(), MigrateError> {
    for index in leftovers(inventory, registry) {
        let unfinished = format!("{index}{UNFINISHED}");
        let is_unfinished = inventory
            .indices
            .get(index)
            .is_some_and(|one| one.aliases.contains_key(&unfinished));
        if !is_unfinished || discard(cluster, index, &unfinished).await? {
            remove(cluster, &[index]).await?;
        }
    }
    Ok(())
}

/// Removes the alias that a copy needs to replace the original. A switch in flight needs the same
/// alias, so one of the two fails: `false` if it is this one, and the index may be in use.
async fn discard(
    cluster: &Arc<Cluster>,
    index: &str,
    unfinished: &str,
) -> Result<bool, MigrateError> {
    let actions = json!({ "actions": [
        { "remove": { "index": index, "alias": unfinished, "must_exist": true } },
        { "add": { "index": index, "alias": format!("{index}{DISCARDED}") } },
    ] });
    let call = NodeRequest::new(Method::Post, "/_aliases").json(&actions);
    match cluster.send(&call).await?.require_success() {
        Ok(()) => Ok(true),
        Err(RequestFailure::Refused(cause)) => {
            tracing::warn!(index, cause, "an unfinished copy is none any more");
            Ok(false)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Removes these indices if they exist.
pub(super) async fn remove(cluster: &Arc<Cluster>, indices: &[&str]) -> Result<(), MigrateError> {
    for index in indices {
        let call =
            NodeRequest::new(Method::Delete, format!("/{index}")).query("ignore_unavailable", true);
        cluster.send(&call).await?.require_success()?;
        tracing::info!(index, "an index was removed");
    }
    Ok(())
}

fn leftovers<'a>(inventory: &'a Inventory, registry: &Registry) -> Vec<&'a str> {
    let indices = inventory.indices.iter();
    let ours = indices.filter(|(_, one)| mapping::version(&one.mappings).is_some());
    let left = ours.filter(|(index, described)| {
        let has = |ending| described.aliases.contains_key(&format!("{index}{ending}"));
        let is_unfinished = has(UNFINISHED) || has(DISCARDED);
        let uuid = index_settings::uuid(&described.settings);
        let is_without = described.aliases.is_empty();
        is_unfinished
            || is_without && is_replaced(inventory, registry, index, uuid)
            || is_without && is_of_the_past(inventory, registry, index)
    });
    left.map(|(index, _)| index.as_str()).collect()
}

/// True if an index in use was copied from this one.
fn is_replaced(inventory: &Inventory, registry: &Registry, index: &str, uuid: &str) -> bool {
    let names = registry.names();
    let kept = names
        .iter()
        .filter_map(|name| inventory.indices_of(name).ok());
    kept.flatten().any(|kept| {
        let origin = mapping::origin(&kept.described.mappings);
        origin == Some((index, uuid))
    })
}

/// True if the index belongs to a collection that an applied migration has removed.
fn is_of_the_past(inventory: &Inventory, registry: &Registry, index: &str) -> bool {
    let names = registry.names();
    let Ok(Some(newest)) = inventory.newest(&names) else {
        return false;
    };
    registry
        .removed(newest.version)
        .into_iter()
        .any(|name| inventory.is_of(index, name))
}
