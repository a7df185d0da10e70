//! The migrator of the embedded store: one transaction, while the folder is locked.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use domain::{
    documents::{Collection, Document},
    migrations::{
        GivenIds, Migrate, MigrateError, Outcome, Registry, Standing, Step, Task, Watch, Work,
    },
};
use rusqlite::{Connection, TransactionBehavior};

use super::{
    damage::{self, Found},
    data_version,
    failure::translate,
    folder::Folder,
    open_error::OpenError,
    read,
    running::{Running, Teller},
    schema::{self, DATABASE, LOG},
    write::{self, Entry},
};

/// Maximum number of documents in memory.
const PAGE: usize = 500;

/// Migrates the store in a folder that no process has opened.
#[derive(Clone, Debug)]
pub struct Migrator {
    folder: PathBuf,
}

impl Migrator {
    /// A migrator for the store in this folder; nothing is opened yet.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }
}

#[async_trait]
impl Migrate for Migrator {
    async fn standing(&self, registry: &Registry) -> Result<Standing, MigrateError> {
        let (folder, known) = (self.folder.clone(), registry.latest());
        let mut looking = Running::start(move |_| look(&folder, known))?;
        looking.watch(&Nobody).await
    }

    async fn migrate(
        &self,
        registry: &Registry,
        watch: &dyn Watch,
    ) -> Result<Outcome, MigrateError> {
        let (folder, registry) = (self.folder.clone(), registry.clone());
        let mut running = Running::start(move |teller| migrate(&folder, &registry, teller))?;
        running.watch(watch).await
    }
}

fn look(folder: &Path, known: u32) -> Result<Standing, MigrateError> {
    let Some((_claimed, found)) = claim(folder, known)? else {
        return Ok(Standing::Nothing);
    };
    Ok(match found.is_empty {
        true => Standing::Empty(found.data_version),
        false => Standing::Filled(found.data_version),
    })
}

/// Locks the folder if it contains a store that can be migrated.
fn claim(folder: &Path, known: u32) -> Result<Option<(Folder, Found)>, MigrateError> {
    if ![DATABASE, LOG]
        .iter()
        .any(|name| folder.join(name).exists())
    {
        return Ok(None);
    }
    let claimed = Folder::claim(folder)?;
    if claimed.is_fresh()? {
        return Ok(None);
    }
    let database = folder.join(DATABASE);
    let found = damage::refuse(&database)?;
    if found.data_version > known {
        return Err(MigrateError::Newer {
            place: format!("the database `{}`", database.display()),
            found: found.data_version,
            known,
        });
    }
    Ok(Some((claimed, found)))
}

fn migrate(folder: &Path, registry: &Registry, teller: &Teller) -> Result<Outcome, MigrateError> {
    let Some((_claimed, found)) = claim(folder, registry.latest())? else {
        return Ok(Outcome::Nothing);
    };
    teller.tell(Step::Locked)?;
    let plan = registry.plan(found.data_version)?;
    if plan.is_empty() {
        return Ok(Outcome::Already(plan.to));
    }
    let mut connection = schema::connect_to_write(&folder.join(DATABASE))?;
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(translate)?;
    for task in &plan.tasks {
        carry_out(&transaction, task, teller)?;
    }
    data_version::write(&transaction, plan.to).map_err(translate)?;
    teller.tell(Step::Ready)?;
    transaction.commit().map_err(translate)?;
    teller.tell(Step::Switched(plan.to))?;
    Ok(Outcome::Migrated(plan.from, plan.to))
}

fn carry_out(connection: &Connection, task: &Task, teller: &Teller) -> Result<(), MigrateError> {
    match &task.work {
        Work::Rewrite(collection, _) => rewrite(connection, task, collection, teller),
        // A collection is created with its first document.
        Work::Make(_) => teller.tell(Step::Made(task.collection)),
        Work::Remove => {
            write::clear(connection, task.collection)?;
            teller.tell(Step::Removed(task.collection))
        }
    }
}

fn rewrite(
    connection: &Connection,
    task: &Task,
    collection: &'static Collection,
    teller: &Teller,
) -> Result<(), MigrateError> {
    let of = read::count(connection, collection.name)?;
    let (mut done, mut after) = (0, String::new());
    let mut given = GivenIds::default();
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
        teller.tell(Step::Rewritten(collection.name, done, of))?;
    }
    teller.tell(Step::Checked(collection.name))
}

fn rewrite_one(
    connection: &Connection,
    task: &Task,
    collection: &'static Collection,
    old: Document,
    given: &mut GivenIds,
) -> Result<(), MigrateError> {
    let new = task.rewrite(old.clone(), given)?;
    if new.id != old.id {
        write::rename(connection, collection, &old.id, &new.id)?;
    }
    let entry = Entry::new(collection, &new.id, &new.body);
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
struct Nobody;

#[async_trait]
impl Watch for Nobody {
    async fn step(&self, _step: Step) {}
}
