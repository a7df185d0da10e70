//! What there is to do, from one data version to another.

use super::{Change, Edit, GivenIds, Kind, MigrateError, Migration, Registry, change};
use crate::documents::{Collection, Document};

/// What there is to do. Changes of several migrations to one collection are done in one go.
#[derive(Debug)]
pub struct Plan {
    /// The data version that the store has.
    pub from: u32,
    /// The data version that it gets.
    pub to: u32,
    /// The migrations on the way.
    pub migrations: Vec<&'static Migration>,
    /// What happens to the collections that are not left alone.
    pub tasks: Vec<Task>,
}

/// What happens to one collection.
#[derive(Debug)]
pub struct Task {
    /// Its name.
    pub collection: &'static str,
    /// What happens.
    pub work: Work,
}

/// What happens to a collection.
#[derive(Debug)]
pub enum Work {
    /// It is made, and empty.
    Make(&'static Collection),
    /// Each of its documents goes through these changes, in order, and is listed anew.
    Rewrite(&'static Collection, Vec<Edit>),
    /// It is removed with all that is in it.
    Remove,
}

impl Plan {
    pub(super) fn new(registry: &Registry, from: u32) -> Result<Self, MigrateError> {
        let migrations: Vec<_> = registry
            .migrations()
            .filter(|migration| migration.number > from)
            .collect();
        let mut tasks = Vec::new();
        for change in migrations.iter().flat_map(|migration| migration.changes) {
            add(&mut tasks, change, registry)?;
        }
        Ok(Self {
            from,
            to: registry.latest(),
            migrations,
            tasks,
        })
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.migrations.is_empty()
    }
}

impl Task {
    /// The document as it is to be, at the same revision. `given` is new for each collection, and the
    /// documents come in the order of their ids.
    ///
    /// # Errors
    /// [`MigrateError::Change`].
    pub fn rewrite(
        &self,
        document: Document,
        given: &mut GivenIds,
    ) -> Result<Document, MigrateError> {
        match &self.work {
            Work::Rewrite(_, edits) => change::rewrite(self.collection, edits, document, given),
            Work::Make(_) | Work::Remove => Ok(document),
        }
    }
}

fn add(tasks: &mut Vec<Task>, change: &Change, registry: &Registry) -> Result<(), MigrateError> {
    let name = change.collection;
    let at = tasks.iter().position(|task| task.collection == name);
    // A collection may be gone from the code that was changed on the way to that.
    let Some(collection) = registry.collection(name) else {
        tasks.extend(at.is_none().then_some(Task {
            collection: name,
            work: Work::Remove,
        }));
        return match registry.removes(name) {
            true => Ok(()),
            false => Err(MigrateError::Registry(format!("`{name}` is not there"))),
        };
    };
    let work = match (change.kind, at.map(|at| &mut tasks[at].work)) {
        (Kind::Removed, _) => {
            let text = format!("`{name}` is removed by a migration and there in the code");
            return Err(MigrateError::Registry(text));
        }
        // There is nothing in it yet.
        (_, Some(Work::Make(_))) => return Ok(()),
        (Kind::Rewritten(rewrite), Some(Work::Rewrite(_, edits))) => {
            edits.push(Edit::Body(rewrite));
            return Ok(());
        }
        (Kind::Renamed(rename), Some(Work::Rewrite(_, edits))) => {
            edits.push(Edit::Id(rename));
            return Ok(());
        }
        (_, Some(_)) => return Ok(()),
        (Kind::Added, None) => Work::Make(collection),
        (Kind::Relisted, None) => Work::Rewrite(collection, Vec::new()),
        (Kind::Rewritten(rewrite), None) => Work::Rewrite(collection, vec![Edit::Body(rewrite)]),
        (Kind::Renamed(rename), None) => Work::Rewrite(collection, vec![Edit::Id(rename)]),
    };
    tasks.push(Task {
        collection: name,
        work,
    });
    Ok(())
}

#[cfg(test)]
mod tests;
