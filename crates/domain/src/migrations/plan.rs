//! The tasks that lead from one data version to another.

use super::{
    AssignedIds, ChangeKind, CollectionChange, DocumentEdit, MigrateError, Migration, Registry,
    change,
};
use crate::documents::{Collection, Document};

/// A plan. The changes of several migrations to one collection are combined into one task.
#[derive(Debug)]
pub struct Plan {
    /// The current data version of the store.
    pub from: u32,
    /// The data version after the plan.
    pub to: u32,
    /// The migrations between the two.
    pub migrations: Vec<&'static Migration>,
    /// One task for each collection that changes.
    pub tasks: Vec<Task>,
}

/// The task for one collection.
#[derive(Debug)]
pub struct Task {
    /// The name of the collection.
    pub collection: &'static str,
    /// What is done.
    pub work: TaskKind,
}

/// What is done to a collection.
#[derive(Debug)]
pub enum TaskKind {
    /// It is created empty.
    Make(&'static Collection),
    /// Each of its documents is passed through these edits, in order, and is listed again.
    Rewrite(&'static Collection, Vec<DocumentEdit>),
    /// It is removed with all its documents.
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

    /// True if there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.migrations.is_empty()
    }
}

impl Task {
    /// The migrated document, at the same revision. `given` is new for each collection, and
    /// documents must come in the order of their ids.
    ///
    /// # Errors
    /// [`MigrateError::Change`].
    pub fn rewrite(
        &self,
        document: Document,
        given: &mut AssignedIds,
    ) -> Result<Document, MigrateError> {
        match &self.work {
            TaskKind::Rewrite(_, edits) => change::rewrite(self.collection, edits, document, given),
            TaskKind::Make(_) | TaskKind::Remove => Ok(document),
        }
    }
}

fn add(
    tasks: &mut Vec<Task>,
    change: &CollectionChange,
    registry: &Registry,
) -> Result<(), MigrateError> {
    let name = change.collection;
    let at = tasks.iter().position(|task| task.collection == name);
    // A later migration may have removed a collection that an earlier one changed.
    let Some(collection) = registry.collection(name) else {
        tasks.extend(at.is_none().then_some(Task {
            collection: name,
            work: TaskKind::Remove,
        }));
        return match registry.removes(name) {
            true => Ok(()),
            false => Err(MigrateError::Registry(format!("`{name}` is not there"))),
        };
    };
    let work = match (change.kind, at.map(|at| &mut tasks[at].work)) {
        (ChangeKind::Removed, _) => {
            let text = format!("`{name}` is removed by a migration and there in the code");
            return Err(MigrateError::Registry(text));
        }
        // A new collection has no documents to change.
        (_, Some(TaskKind::Make(_))) => return Ok(()),
        (ChangeKind::Rewritten(rewrite), Some(TaskKind::Rewrite(_, edits))) => {
            edits.push(DocumentEdit::Body(rewrite));
            return Ok(());
        }
        (ChangeKind::Renamed(rename), Some(TaskKind::Rewrite(_, edits))) => {
            edits.push(DocumentEdit::Id(rename));
            return Ok(());
        }
        (_, Some(_)) => return Ok(()),
        (ChangeKind::Added, None) => TaskKind::Make(collection),
        (ChangeKind::Relisted, None) => TaskKind::Rewrite(collection, Vec::new()),
        (ChangeKind::Rewritten(rewrite), None) => {
            TaskKind::Rewrite(collection, vec![DocumentEdit::Body(rewrite)])
        }
        (ChangeKind::Renamed(rename), None) => {
            TaskKind::Rewrite(collection, vec![DocumentEdit::Id(rename)])
        }
    };
    tasks.push(Task {
        collection: name,
        work,
    });
    Ok(())
}

#[cfg(test)]
mod tests;
