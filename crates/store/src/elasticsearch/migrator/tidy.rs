//! Clearing away what a migration leaves: indices that were replaced, and copies that were never
//! finished. What has no alias for another reason, after a restore for instance, is left alone.

use std::sync::Arc;

use domain::migrations::{MigrateError, Registry};
use elasticsearch::http::Method;
use serde_json::json;

use super::super::{
    call::Call, cluster::Cluster, failure::Failure, index_settings, inventory::Inventory, mapping,
};

/// What the alias of a copy ends with until it takes the place of the original.
pub(super) const UNFINISHED: &str = "-unfinished";
/// What it ends with once it cannot take that place any more.
const DISCARDED: &str = "-discarded";

/// Whether there is nothing to clear away.
pub(super) fn is_tidy(inventory: &Inventory, registry: &Registry) -> bool {
    leftovers(inventory, registry).is_empty()
}

/// Removes what is left over. Only under the lock: an unfinished copy may be somebody's.
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

/// Takes from a copy what it needs to take the place of the original. A switch that is still on its
/// way needs the same alias, so one of the two is refused: `false` when that is this one, and the
/// index may be in use.
async fn discard(
    cluster: &Arc<Cluster>,
    index: &str,
    unfinished: &str,
) -> Result<bool, MigrateError> {
    let actions = json!({ "actions": [
        { "remove": { "index": index, "alias": unfinished, "must_exist": true } },
        { "add": { "index": index, "alias": format!("{index}{DISCARDED}") } },
    ] });
    let call = Call::new(Method::Post, "/_aliases").json(&actions);
    match cluster.send(&call).await?.require_success() {
        Ok(()) => Ok(true),
        Err(Failure::Refused(cause)) => {
            tracing::warn!(index, cause, "an unfinished copy is none any more");
            Ok(false)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Removes these indices, if they are there.
pub(super) async fn remove(cluster: &Arc<Cluster>, indices: &[&str]) -> Result<(), MigrateError> {
    for index in indices {
        let call = Call::new(Method::Delete, format!("/{index}")).query("ignore_unavailable", true);
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

/// Whether an index that is in use was filled from this one.
fn is_replaced(inventory: &Inventory, registry: &Registry, index: &str, uuid: &str) -> bool {
    let names = registry.names();
    let kept = names.iter().filter_map(|name| inventory.kept(name).ok());
    kept.flatten().any(|kept| {
        let origin = mapping::origin(&kept.described.mappings);
        origin == Some((index, uuid))
    })
}

/// Whether it kept a collection that a migration behind the store has removed.
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
