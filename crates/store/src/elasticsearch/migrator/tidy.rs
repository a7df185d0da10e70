//! Clearing away what a migration leaves: indices that were replaced, and copies that were never
//! finished. What has no alias for another reason, after a restore for instance, is left alone.

use std::sync::Arc;

use domain::migrations::{MigrateError, Registry};
use elasticsearch::http::Method;

use super::super::{call::Call, cluster::Cluster, index_settings, inventory::Inventory, mapping};

/// What the alias of a copy ends with until it takes the place of the original.
pub(super) const UNFINISHED: &str = "-unfinished";

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
    let leftovers = leftovers(inventory, registry);
    remove(cluster, &leftovers).await
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
        let is_unfinished = described
            .aliases
            .contains_key(&format!("{index}{UNFINISHED}"));
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
