//! The migrator of the embedded store: one transaction, while the folder is locked.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use domain::{
    documents::{Collection, Document},
    migrations::{
        AssignedIds, Migrate, MigrateError, MigrationObserver, MigrationOutcome, MigrationStep,
        Registry, StoreState, Task, TaskKind,
    },
};
use rusqlite::{Connection, TransactionBehavior};

use super::{
    data_version,
    failure::translate,
    folder::DataFolder,
    integrity_check::{self, CheckedDatabase},
    migration_thread::{MigrationThread, StepReporter},
    open_error::OpenError,
    read,
    schema::{self, DATABASE, LOG},
    write::{self, EncodedDocument},
};

/// Maximum number of documents in memory.
const PAGE: usize = 500;

/// Migrates the store in a folder that no process has opened.
#[derive(Clone, Debug)]
pub struct EmbeddedMigrator {
    folder: PathBuf,
}

impl EmbeddedMigrator {
    /// A migrator for the store in this folder; nothing is opened yet.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }
}

#[async_trait]
impl Migrate for EmbeddedMigrator {
    async fn store_state(&self, registry: &Registry) -> Result<StoreState, MigrateError> {
        let (folder, known) = (self.folder.clone(), registry.latest());
        let mut looking = MigrationThread::start(move |_| look(&folder, known))?;
        looking.watch(&NoObserver).await
    }

    async fn migrate(
        &self,
        registry: &Registry,
        watch: &dyn MigrationObserver,
    ) -> Result<MigrationOutcome, MigrateError> {
        let (folder, registry) = (self.folder.clone(), registry.clone());
        let mut running =
            MigrationThread::start(move |reporter| migrate(&folder, &registry, reporter))?;
        running.watch(watch).await
    }
}

fn look(folder: &Path, known: u32) -> Result<StoreState, MigrateError> {
    let Some((_claimed, found)) = claim(folder, known)? else {
        return Ok(StoreState::Nothing);
    };
    Ok(match found.is_empty {
        true => StoreState::Empty(found.data_version),
        false => StoreState::Filled(found.data_version),
    })
}

/// Locks the folder if it contains a store that can be migrated.
fn claim(folder: &Path, known: u32) -> Result<Option<(DataFolder, CheckedDatabase)>, MigrateError> {
    if ![DATABASE, LOG]
        .iter()
        .any(|name| folder.join(name).exists())
    {
        return Ok(None);
    }
    let claimed = DataFolder::claim(folder)?;
    if claimed.is_fresh()? {
        return Ok(None);
    }
    let database = folder.join(DATABASE);
    let found = integrity_check::check_database(&database)?;
    if found.data_version > known {
        return Err(MigrateError::Newer {
            place: format!("the database `{}`", database.display()),
            found: found.data_version,
            known,
        });
    }
    Ok(Some((claimed, found)))
}

fn migrate(
    folder: &Path,
    registry: &Registry,
    reporter: &StepReporter,
) -> Result<MigrationOutcome, MigrateError> {
    let Some((_claimed, found)) = claim(folder, registry.latest())? else {
        return Ok(MigrationOutcome::Nothing);
    };
    reporter.report(MigrationStep::Locked)?;
    let plan = registry.plan(found.data_version)?;
    if plan.is_empty() {
        return Ok(MigrationOutcome::Already(plan.to));
    }
    let mut connection = schema::connect_to_write(&folder.join(DATABASE))?;
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(translate)?;
    for task in &plan.tasks {
        carry_out(&transaction, task, reporter)?;
    }
    data_version::write(&transaction, plan.to).map_err(translate)?;
    reporter.report(MigrationStep::Ready)?;
    transaction.commit().map_err(translate)?;
    reporter.report(MigrationStep::Switched(plan.to))?;
    Ok(MigrationOutcome::Migrated(plan.from, plan.to))
}

fn carry_out(
    connection: &Connection,
    task: &Task,
    reporter: &StepReporter,
) -> Result<(), MigrateError> {
    match &task.work {
        TaskKind::Rewrite(collection, _) => rewrite(connection, task, collection, reporter),
        // A collection is created with its first document.
        TaskKind::Make(_) => reporter.report(MigrationStep::Made(task.collection)),
        TaskKind::Remove => {
            write::clear(connection, task.collection)?;
            reporter.report(MigrationStep::Removed(task.collection))
        }
    }
}

fn rewrite(
    connection: &Connection,
    task: &Task,
    collection: &'static Collection,
    reporter: &StepReporter,
) -> Result<(), MigrateError> {
    let of = read::count(connection, collection.name)?;
    let (mut done, mut after) = (0, String::new());
    let mut given = AssignedIds::default();
    loop {
        let page = read::scan(connection, collection, &after, PAGE)?;
        let Some(last) = page.last() else {
            break;
        };
        after.clone_from(&last.id);
        done += u64::try_from(page.len()).unwrap_or_default();
        for document in page {
            rewrite_one(connection, task, collection, document, &mut given)?;
        }
        reporter.report(MigrationStep::Rewritten(collection.name, done, of))?;
    }
    reporter.report(MigrationStep::Checked(collection.name))
}

fn rewrite_one(
    connection: &Connection,
    task: &Task,
    collection: &'static Collection,
    old: Document,
    given: &mut AssignedIds,
) -> Result<(), MigrateError> {
    let new = task.rewrite(old.clone(), given)?;
    if new.id != old.id {
        write::rename(connection, collection, &old.id, &new.id)?;
    }
    let entry = EncodedDocument::new(collection, &new.id, &new.body);
    if new.body == old.body {
        write::relist(connection, &entry)?;
    } else {
        write::rewrite(connection, &entry)?;
    }
    Ok(())
}

impl From<OpenError> for MigrateError {
    fn from(error: OpenError) -> Self {
        Self::Refused(error.to_string())
    }
}

/// An observer that ignores the steps.
struct NoObserver;

#[async_trait]
impl MigrationObserver for NoObserver {
    async fn step(&self, _step: MigrationStep) {}
}
