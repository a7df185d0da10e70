//! The migrator of the store on a cluster.
//!
//! A collection that changes is closed to writes and copied into a new index; then one request
//! moves all collections to the aliases of the new data version. That request is the commit:
//! before it the store is at the old data version and after it at the new one, for all processes.
//! A process with the old aliases finds no index any more, so neither an old program nor a
//! position of an old index can modify the new ones.

mod cleanup;
mod copy;
mod lock;
mod sources;
mod switch;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::{
    documents::{Collection, StoreError},
    migrations::{
        Migrate, MigrateError, MigrationObserver, MigrationOutcome, MigrationStep, Plan, Registry,
        StoreState, Task, TaskKind,
    },
};

use self::{lock::Lock, sources::ClosedIndex, switch::IndexReplacement};
use super::{
    client::{
        cluster::Cluster, connect_error::ConnectError, failure::RequestFailure, greeting::greet,
        settings::ClusterSettings,
    },
    indices::{self, inventory::Inventory},
};

/// Time without a heartbeat after which the holder of the lock counts as dead.
const PATIENCE: Duration = Duration::from_secs(30);
/// Minimum timeout of requests: closing, copying and switching may take longer than a user would
/// wait.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Maximum number of copies of a collection: one with a write of unknown outcome is discarded.
const COPIES: u32 = 3;

/// The migrator of the store on a cluster. Programs may run meanwhile: their writes to a
/// collection that is being rewritten fail as unavailable, and after the switch they must be
/// replaced.
#[derive(Clone, Debug)]
pub struct ElasticsearchMigrator {
    settings: ClusterSettings,
    patience: Duration,
}

impl ElasticsearchMigrator {
    /// A migrator for the store with these settings; it does not connect yet.
    pub fn new(settings: ClusterSettings) -> Self {
        let timeout = settings.timeout.max(TIMEOUT);
        Self {
            settings: ClusterSettings {
                timeout,
                ..settings
            },
            patience: PATIENCE,
        }
    }

    /// Sets the time without a heartbeat after which another process counts as dead.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    async fn cluster(&self) -> Result<Arc<Cluster>, MigrateError> {
        let cluster = Cluster::new(self.settings.clone())?;
        greet(&cluster).await?;
        Ok(cluster)
    }
}

#[async_trait]
impl Migrate for ElasticsearchMigrator {
    async fn store_state(&self, registry: &Registry) -> Result<StoreState, MigrateError> {
        let cluster = self.cluster().await?;
        let inventory = take(&cluster, registry).await?;
        let Some(found) = found(&cluster, registry, &inventory)? else {
            return Ok(StoreState::Nothing);
        };
        for name in registry.names() {
            for kept in inventory.indices_of(name)? {
                if sources::count(&cluster, kept.index).await? > 0 {
                    return Ok(StoreState::Filled(found));
                }
            }
        }
        Ok(StoreState::Empty(found))
    }

    async fn migrate(
        &self,
        registry: &Registry,
        watch: &dyn MigrationObserver,
    ) -> Result<MigrationOutcome, MigrateError> {
        let cluster = self.cluster().await?;
        let inventory = take(&cluster, registry).await?;
        match found(&cluster, registry, &inventory)? {
            None => return Ok(MigrationOutcome::Nothing),
            Some(version)
                if version == registry.latest() && cleanup::is_tidy(&inventory, registry) =>
            {
                return Ok(MigrationOutcome::Already(version));
            }
            Some(_) => {}
        }
        let lock = Lock::take(&cluster, self.patience, watch).await?;
        let done = tokio::select! {
            done = under_lock(&cluster, registry, &lock, watch) => done,
            lost = lock.keep_alive() => Err(lost),
        };
        // If it fails, the lock is taken over after a while.
        let _ = lock.release().await;
        done
    }
}

async fn take(cluster: &Arc<Cluster>, registry: &Registry) -> Result<Inventory, MigrateError> {
    Ok(Inventory::read_indices(cluster, &registry.names()).await?)
}

/// The data version of the store, or `None` without a store. Fails if an index is not ours or
/// unsafe.
fn found(
    cluster: &Cluster,
    registry: &Registry,
    inventory: &Inventory,
) -> Result<Option<u32>, MigrateError> {
    let names = registry.names();
    for name in &names {
        for kept in inventory.indices_of(name)? {
            indices::sound(&kept)?;
        }
    }
    let known = registry.latest();
    match inventory.newest(&names)? {
        Some(kept) if kept.version > known => Err(MigrateError::Newer {
            place: format!("Elasticsearch at {}", indices::nodes(cluster)),
            found: kept.version,
            known,
        }),
        kept => Ok(kept.map(|kept| kept.version)),
    }
}

/// Migrates while this process has the lock. Leftovers of a process that died are removed first,
/// and those of this migration last.
async fn under_lock(
    cluster: &Arc<Cluster>,
    registry: &Registry,
    lock: &Lock,
    watch: &dyn MigrationObserver,
) -> Result<MigrationOutcome, MigrateError> {
    watch.step(MigrationStep::Locked).await;
    cleanup::tidy(cluster, registry, &take(cluster, registry).await?).await?;
    let inventory = take(cluster, registry).await?;
    let Some(from) = found(cluster, registry, &inventory)? else {
        return Ok(MigrationOutcome::Nothing);
    };
    let plan = registry.plan(from)?;
    if plan.is_empty() {
        watch.step(MigrationStep::Tidied).await;
        return Ok(MigrationOutcome::Already(from));
    }
    let done = carry_out(cluster, &plan, registry, &inventory, lock, watch).await;
    if done.is_err() && lock.heartbeat().await.is_ok() {
        give_back(cluster, registry, &inventory, &plan).await;
    }
    done?;
    watch.step(MigrationStep::Switched(plan.to)).await;
    cleanup::tidy(cluster, registry, &take(cluster, registry).await?).await?;
    watch.step(MigrationStep::Tidied).await;
    Ok(MigrationOutcome::Migrated(plan.from, plan.to))
}

async fn carry_out(
    cluster: &Arc<Cluster>,
    plan: &Plan,
    registry: &Registry,
    inventory: &Inventory,
    lock: &Lock,
    watch: &dyn MigrationObserver,
) -> Result<(), MigrateError> {
    let sources = sources::close(cluster, plan, inventory, watch).await?;
    let mut moves = Vec::new();
    for task in &plan.tasks {
        // A process that has lost the lock must not create an index that no other would remove.
        lock.heartbeat().await?;
        let source = sources.iter().find(|one| one.name == task.collection);
        let work = match (&task.work, source) {
            (TaskKind::Remove, _) => IndexReplacement::Remove,
            // A collection without an index is created now.
            (TaskKind::Make(collection) | TaskKind::Rewrite(collection, _), None) => {
                let target = copy::make(cluster, collection, None, plan.to).await?;
                watch.step(MigrationStep::Made(task.collection)).await;
                IndexReplacement::To(target)
            }
            (TaskKind::Make(collection) | TaskKind::Rewrite(collection, _), Some(source)) => {
                IndexReplacement::To(copied(cluster, plan, task, collection, source, watch).await?)
            }
        };
        moves.push((task.collection, work));
    }
    for source in &sources {
        source.require_untouched(cluster).await?;
    }
    lock.heartbeat().await?;
    watch.step(MigrationStep::Ready).await;
    switch::switch(cluster, registry, inventory, plan, &moves).await
}

async fn copied(
    cluster: &Arc<Cluster>,
    plan: &Plan,
    task: &Task,
    collection: &'static Collection,
    source: &ClosedIndex,
    watch: &dyn MigrationObserver,
) -> Result<copy::CopyTarget, MigrateError> {
    let mut last = None;
    for _ in 0..COPIES {
        let target = copy::make(cluster, collection, Some(source), plan.to).await?;
        match copy::fill(cluster, &target, task, collection, source, watch).await {
            Err(MigrateError::Store(error @ StoreError::Unavailable(_))) => {
                tracing::warn!(%error, collection = task.collection, "a copy is made once more");
                cleanup::remove(cluster, &[&target.index]).await?;
                last = Some(error);
            }
            done => return done.map(|()| target),
        }
    }
    let never = || StoreError::Unavailable("it was not copied".to_owned());
    Err(last.unwrap_or_else(never).into())
}

/// After a failure: opens the indices to writes again. What fails here is done by the next
/// attempt.
async fn give_back(cluster: &Arc<Cluster>, registry: &Registry, before: &Inventory, plan: &Plan) {
    let given = async {
        // The copies first: once there are new writes, no copy may be taken for complete.
        let now = take(cluster, registry).await?;
        cleanup::tidy(cluster, registry, &now).await?;
        sources::open(cluster, plan, before).await
    };
    if let Err(error) = given.await {
        tracing::error!(%error, "the indices could not be opened to writes again");
    }
}

impl From<ConnectError> for MigrateError {
    fn from(error: ConnectError) -> Self {
        Self::Refused(error.to_string())
    }
}

impl From<RequestFailure> for MigrateError {
    fn from(failure: RequestFailure) -> Self {
        Self::Store(failure.into())
    }
}
