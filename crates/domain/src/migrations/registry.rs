//! The registry of migrations, and the collections that they result in.

use crate::documents::Collection;

use super::{BASELINE, ChangeKind, MigrateError, Migration, Plan, all};

/// All migrations in order, and the collections after the last one.
#[derive(Clone, Debug)]
pub struct Registry {
    collections: Vec<&'static Collection>,
    migrations: &'static [&'static Migration],
}

impl Registry {
    /// The registry of this program.
    pub fn of_program() -> Self {
        Self::new(&crate::collections(), all::ALL)
    }

    /// A registry of other collections and migrations, for tests.
    pub fn new(
        collections: &[&'static Collection],
        migrations: &'static [&'static Migration],
    ) -> Self {
        Self {
            collections: collections.to_vec(),
            migrations,
        }
    }

    /// The data version after the last migration.
    pub fn latest(&self) -> u32 {
        self.migrations.last().map_or(BASELINE, |last| last.number)
    }

    /// The collections after the last migration.
    pub fn collections(&self) -> &[&'static Collection] {
        &self.collections
    }

    /// The plan for a store at data version `from`.
    ///
    /// # Errors
    /// [`MigrateError::Registry`] if a migration contradicts the collections in the code.
    pub fn plan(&self, from: u32) -> Result<Plan, MigrateError> {
        Plan::new(self, from)
    }

    /// The names of all collections that exist or once existed.
    pub fn names(&self) -> Vec<&'static str> {
        let now = self.collections.iter().map(|collection| collection.name);
        let changes = self.migrations().flat_map(|migration| migration.changes);
        let mut names: Vec<_> = now.chain(changes.map(|change| change.collection)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The names of the collections that are removed at data version `at`.
    pub fn removed(&self, at: u32) -> Vec<&'static str> {
        let until = self.migrations().filter(|migration| migration.number <= at);
        let changes = until.flat_map(|migration| migration.changes);
        let removed = changes.filter(|change| matches!(change.kind, ChangeKind::Removed));
        removed
            .map(|change| change.collection)
            .filter(|name| self.collection(name).is_none())
            .collect()
    }

    pub(super) fn migrations(&self) -> impl Iterator<Item = &'static Migration> + use<> {
        self.migrations.iter().copied()
    }

    pub(super) fn collection(&self, name: &str) -> Option<&'static Collection> {
        let mut all = self.collections.iter().copied();
        all.find(|collection| collection.name == name)
    }

    pub(super) fn removes(&self, name: &str) -> bool {
        let mut changes = self.migrations().flat_map(|migration| migration.changes);
        changes
            .any(|change| change.collection == name && matches!(change.kind, ChangeKind::Removed))
    }
}
