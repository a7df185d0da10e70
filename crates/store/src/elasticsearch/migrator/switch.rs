//! The switch from one data version to the next: one request for all collections.

use std::sync::Arc;

use domain::{
    documents::StoreError,
    migrations::{MigrateError, Plan, Registry},
};
use elasticsearch::http::Method;
use serde_json::{Value, json};

use super::{super::indices::alias, copy::CopyTarget, found, take};
use crate::elasticsearch::{
    client::{
        call::{NodeRequest, milliseconds},
        cluster::Cluster,
        failure::RequestFailure,
    },
    indices::inventory::Inventory,
};

/// The replacement of a collection's index.
#[derive(Debug)]
pub(super) enum IndexReplacement {
    /// Another index replaces it.
    To(CopyTarget),
    /// The collection is removed.
    Remove,
}

/// Removes the aliases of the old data version from all indices and adds those of the new one.
/// Each old alias must still exist, so only one of two concurrent switches succeeds.
pub(super) async fn switch(
    cluster: &Arc<Cluster>,
    registry: &Registry,
    inventory: &Inventory,
    plan: &Plan,
    moves: &[(&'static str, IndexReplacement)],
) -> Result<(), MigrateError> {
    let prefix = &cluster.settings.prefix;
    let mut actions = Vec::new();
    for name in registry.names() {
        let there = moves.iter().find(|(moved, _)| *moved == name);
        for kept in inventory.indices_of(name)? {
            actions.push(taken(kept.index, &alias(prefix, name, plan.from)));
            if there.is_none() {
                actions.push(given(kept.index, &alias(prefix, name, plan.to)));
            }
        }
        if let Some((_, IndexReplacement::To(target))) = there {
            actions.push(taken(&target.index, &target.alias));
            actions.push(given(&target.index, &alias(prefix, name, plan.to)));
        }
    }
    let call = NodeRequest::new(Method::Post, "/_aliases")
        .query("timeout", milliseconds(cluster.patience()))
        .json(&json!({ "actions": actions }))
        .once();
    let sent = async { cluster.send(&call).await?.require_success() }.await;
    let Err(failure) = sent else {
        return Ok(());
    };
    // The request may have been carried out, or another process that took this one for dead has
    // switched.
    let now = take(cluster, registry).await?;
    match found(cluster, registry, &now)? {
        Some(version) if version == plan.to && are_in_use(&now, moves)? => Ok(()),
        Some(version) if version == plan.to => Err(MigrateError::Overtaken),
        _ => Err(not_switched(failure)),
    }
}

/// True if the indices created here are in use.
fn are_in_use(
    now: &Inventory,
    moves: &[(&'static str, IndexReplacement)],
) -> Result<bool, MigrateError> {
    for (name, there) in moves {
        let IndexReplacement::To(target) = there else {
            continue;
        };
        let kept = now.indices_of(name)?;
        if !kept.iter().any(|kept| kept.index == target.index) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn not_switched(failure: RequestFailure) -> MigrateError {
    match failure {
        RequestFailure::Refused(cause) => {
            let text = format!("the aliases could not be moved: {cause}");
            StoreError::Unavailable(text).into()
        }
        other => other.into(),
    }
}

fn taken(index: &str, alias: &str) -> Value {
    json!({ "remove": { "index": index, "alias": alias, "must_exist": true } })
}

fn given(index: &str, alias: &str) -> Value {
    json!({ "add": { "index": index, "alias": alias, "is_write_index": true } })
}
