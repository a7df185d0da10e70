//! The indices that are migrated: closed to writes, and checked to stay closed.

use std::sync::Arc;

use domain::{
    documents::{Collection, StoreError},
    migrations::{MigrateError, MigrationObserver, MigrationStep, Plan, TaskKind},
};
use elasticsearch::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::elasticsearch::{
    client::{
        call::{NodeRequest, milliseconds},
        cluster::Cluster,
        failure::RequestFailure,
    },
    indices::{
        index_settings,
        inventory::{Inventory, VersionedIndex},
    },
};

/// An index that is closed to writes.
#[derive(Debug)]
pub(super) struct ClosedIndex {
    /// The name of its collection.
    pub(super) name: &'static str,
    pub(super) index: String,
    pub(super) uuid: String,
    /// The sequence number of its last write.
    last_write: i64,
}

impl ClosedIndex {
    /// Fails if the index was written to since it was closed, because an operator may have removed
    /// the block.
    pub(super) async fn require_untouched(
        &self,
        cluster: &Arc<Cluster>,
    ) -> Result<(), MigrateError> {
        let now = last_write(cluster, &self.index).await?;
        if now == self.last_write {
            return Ok(());
        }
        Err(MigrateError::Check {
            collection: self.name,
            reason: "it was written to although it was closed to writes".to_owned(),
        })
    }
}

/// Closes the indices that will be rewritten. When this returns, they contain every acknowledged
/// write, and no further write is possible.
pub(super) async fn close(
    cluster: &Arc<Cluster>,
    plan: &Plan,
    inventory: &Inventory,
    watch: &dyn MigrationObserver,
) -> Result<Vec<ClosedIndex>, MigrateError> {
    let mut sources = Vec::new();
    for (collection, kept) in rewritten(plan, inventory)? {
        block(cluster, kept.index).await?;
        let last_write = last_write(cluster, kept.index).await?;
        sources.push(ClosedIndex {
            name: collection.name,
            index: kept.index.to_owned(),
            uuid: index_settings::uuid(&kept.described.settings).to_owned(),
            last_write,
        });
        watch.step(MigrationStep::Closed(collection.name)).await;
    }
    Ok(sources)
}

/// Reopens the indices that [`close`] has closed.
pub(super) async fn open(
    cluster: &Arc<Cluster>,
    plan: &Plan,
    inventory: &Inventory,
) -> Result<(), MigrateError> {
    for (_, kept) in rewritten(plan, inventory)? {
        unblock(cluster, kept.index).await?;
    }
    Ok(())
}

fn rewritten<'a>(
    plan: &'a Plan,
    inventory: &'a Inventory,
) -> Result<Vec<(&'static Collection, VersionedIndex<'a>)>, MigrateError> {
    let mut all = Vec::new();
    for task in &plan.tasks {
        let (TaskKind::Rewrite(collection, _) | TaskKind::Make(collection)) = &task.work else {
            continue;
        };
        let kept = inventory.indices_of(task.collection)?;
        all.extend(kept.first().map(|kept| (*collection, *kept)));
    }
    Ok(all)
}

/// Closes an index to writes. One that is closed already, by a process that died or by an
/// operator, is opened and closed again: only then is it certain that the writes in progress at
/// that time have ended. Nothing that was copied from it so far is used.
async fn block(cluster: &Arc<Cluster>, index: &str) -> Result<(), MigrateError> {
    if has_closed(cluster, index).await? {
        return Ok(());
    }
    unblock(cluster, index).await?;
    if has_closed(cluster, index).await? {
        return Ok(());
    }
    let text = format!("`{index}` could not be closed to writes in time");
    Err(StoreError::Unavailable(text).into())
}

/// Adds the write block by the API, which, unlike the setting of the same name, waits for writes in
/// progress. Returns true if those of all shards have ended in time.
async fn has_closed(cluster: &Arc<Cluster>, index: &str) -> Result<bool, MigrateError> {
    #[derive(Deserialize)]
    struct Blocked {
        acknowledged: bool,
        shards_acknowledged: bool,
    }
    let call = NodeRequest::new(Method::Put, format!("/{index}/_block/write"))
        .query("timeout", milliseconds(cluster.patience()));
    let blocked: Blocked = cluster.send(&call).await?.success()?;
    Ok(blocked.acknowledged && blocked.shards_acknowledged)
}

async fn unblock(cluster: &Arc<Cluster>, index: &str) -> Result<(), MigrateError> {
    let path = format!("/{index}/_settings");
    let call = NodeRequest::new(Method::Put, path).json(&json!({ "index.blocks.write": null }));
    cluster.send(&call).await?.require_success()?;
    Ok(())
}

/// The sequence number of the last write to an index of one shard, from its primary.
async fn last_write(cluster: &Arc<Cluster>, index: &str) -> Result<i64, RequestFailure> {
    let call = NodeRequest::new(Method::Get, format!("/{index}/_stats"))
        .query("level", "shards")
        .query("filter_path", "indices.*.shards");
    let stats: Value = cluster.send(&call).await?.success()?;
    let copies = stats["indices"][index]["shards"]["0"].as_array();
    let mut copies = copies.into_iter().flatten();
    let primary = copies.find(|copy| copy["routing"]["primary"] == true);
    let number = primary.and_then(|copy| copy["seq_no"]["max_seq_no"].as_i64());
    number.ok_or_else(|| RequestFailure::Busy(format!("`{index}` does not say what it has")))
}

/// Number of documents of an index, including every acknowledged write.
pub(super) async fn count(cluster: &Arc<Cluster>, index: &str) -> Result<u64, MigrateError> {
    #[derive(Deserialize)]
    struct Count {
        count: u64,
    }
    let refresh = NodeRequest::new(Method::Post, format!("/{index}/_refresh"));
    cluster.send(&refresh).await?.require_success()?;
    let call = NodeRequest::new(Method::Get, format!("/{index}/_count"));
    let count: Count = cluster.send(&call).await?.success()?;
    Ok(count.count)
}
