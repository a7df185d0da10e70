//! The indices that are migrated: closed to writes, and watched that they stay so.

use std::sync::Arc;

use domain::{
    documents::{Collection, StoreError},
    migrations::{MigrateError, Plan, Step, Watch, Work},
};
use elasticsearch::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{
    call::{Call, milliseconds},
    cluster::Cluster,
    failure::Failure,
    index_settings,
    inventory::{Inventory, Kept},
};

/// An index to which nobody writes any more.
#[derive(Debug)]
pub(super) struct Source {
    /// The name of its collection.
    pub(super) name: &'static str,
    pub(super) index: String,
    pub(super) uuid: String,
    /// The number of the last write to it.
    last_write: i64,
}

impl Source {
    /// Whether nobody has written to it since it was closed. Somebody could have lifted the block.
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

/// Closes to writes what will be rewritten. When this returns, every write that was acknowledged is
/// in there, and none can come any more.
pub(super) async fn close(
    cluster: &Arc<Cluster>,
    plan: &Plan,
    inventory: &Inventory,
    watch: &dyn Watch,
) -> Result<Vec<Source>, MigrateError> {
    let mut sources = Vec::new();
    for (collection, kept) in rewritten(plan, inventory)? {
        block(cluster, kept.index).await?;
        let last_write = last_write(cluster, kept.index).await?;
        sources.push(Source {
            name: collection.name,
            index: kept.index.to_owned(),
            uuid: index_settings::uuid(&kept.described.settings).to_owned(),
            last_write,
        });
        watch.step(Step::Closed(collection.name)).await;
    }
    Ok(sources)
}

/// Opens to writes what [`close`] has closed.
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
) -> Result<Vec<(&'static Collection, Kept<'a>)>, MigrateError> {
    let mut all = Vec::new();
    for task in &plan.tasks {
        let (Work::Rewrite(collection, _) | Work::Make(collection)) = &task.work else {
            continue;
        };
        let kept = inventory.kept(task.collection)?;
        all.extend(kept.first().map(|kept| (*collection, *kept)));
    }
    Ok(all)
}

/// Closes an index to writes. One that was closed already, by somebody who died over it or by an
/// operator, is opened and closed again: nobody can tell otherwise whether the writes that were under
/// way at that time have ended. Nothing of it has been copied yet that counts.
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

/// Unlike the setting of the same name, this request waits for the writes that are under way.
async fn has_closed(cluster: &Arc<Cluster>, index: &str) -> Result<bool, MigrateError> {
    #[derive(Deserialize)]
    struct Blocked {
        acknowledged: bool,
        shards_acknowledged: bool,
    }
    let call = Call::new(Method::Put, format!("/{index}/_block/write"))
        .query("timeout", milliseconds(cluster.patience()));
    let blocked: Blocked = cluster.send(&call).await?.success()?;
    Ok(blocked.acknowledged && blocked.shards_acknowledged)
}

async fn unblock(cluster: &Arc<Cluster>, index: &str) -> Result<(), MigrateError> {
    let path = format!("/{index}/_settings");
    let call = Call::new(Method::Put, path).json(&json!({ "index.blocks.write": null }));
    cluster.send(&call).await?.require_success()?;
    Ok(())
}

/// The number of the last write to an index of one shard, as its primary has it.
async fn last_write(cluster: &Arc<Cluster>, index: &str) -> Result<i64, Failure> {
    let call = Call::new(Method::Get, format!("/{index}/_stats"))
        .query("level", "shards")
        .query("filter_path", "indices.*.shards");
    let stats: Value = cluster.send(&call).await?.success()?;
    let copies = stats["indices"][index]["shards"]["0"].as_array();
    let mut copies = copies.into_iter().flatten();
    let primary = copies.find(|copy| copy["routing"]["primary"] == true);
    let number = primary.and_then(|copy| copy["seq_no"]["max_seq_no"].as_i64());
    number.ok_or_else(|| Failure::Busy(format!("`{index}` does not say what it has")))
}

/// How many documents an index has, everything that was acknowledged included.
pub(super) async fn count(cluster: &Arc<Cluster>, index: &str) -> Result<u64, MigrateError> {
    #[derive(Deserialize)]
    struct Count {
        count: u64,
    }
    let refresh = Call::new(Method::Post, format!("/{index}/_refresh"));
    cluster.send(&refresh).await?.require_success()?;
    let call = Call::new(Method::Get, format!("/{index}/_count"));
    let count: Count = cluster.send(&call).await?.success()?;
    Ok(count.count)
}
