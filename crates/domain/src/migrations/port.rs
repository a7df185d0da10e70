//! The port to whatever migrates a store.

use std::fmt;

use async_trait::async_trait;

use super::{MigrateError, Registry};

/// A store that can be migrated.
///
/// Whatever the moment in which a migration ends (a dropped future, a dead process), the store is at
/// the data version from which it came or at the one to which it went, and the next try finishes.
/// What was acknowledged before is there, with its id and its revision. Meanwhile a write is applied
/// and kept, or refused as [`Unavailable`](crate::documents::StoreError::Unavailable).
#[async_trait]
pub trait Migrate: fmt::Debug + Send + Sync {
    /// What is there; nothing is changed.
    ///
    /// # Errors
    /// When the store cannot be used; [`MigrateError::Newer`].
    async fn standing(&self, registry: &Registry) -> Result<Standing, MigrateError>;

    /// Brings the store to the data version of the registry, and clears away what an earlier try has
    /// left. One process does it at a time: another waits until that is done, or is refused.
    ///
    /// # Errors
    /// When the store cannot be used, or a document cannot be changed; [`MigrateError::Newer`].
    async fn migrate(
        &self,
        registry: &Registry,
        watch: &dyn Watch,
    ) -> Result<Outcome, MigrateError>;
}

/// What there is to migrate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No store was made yet; it will be made at the latest data version.
    Nothing,
    /// A store without a document.
    Empty(u32),
    /// A store with documents, at this data version.
    Filled(u32),
}

/// What became of a migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No store was made yet.
    Nothing,
    /// It was at this data version already.
    Already(u32),
    /// It was brought from one to another.
    Migrated(u32, u32),
}

/// Is told of each step of a migration, after it was done; the next begins when it has returned.
#[async_trait]
pub trait Watch: Send + Sync {
    /// A step was done.
    async fn step(&self, step: Step);
}

/// A step of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Somebody else migrates.
    Waiting(String),
    /// Nobody else can migrate now.
    Locked,
    /// A collection is closed to writes, and those that were under way have ended.
    Closed(&'static str),
    /// So many documents of a collection are written, of so many.
    Rewritten(&'static str, u64, u64),
    /// The new form of a collection is complete and was compared with the old one.
    Checked(&'static str),
    /// A collection was made.
    Made(&'static str),
    /// A collection was removed.
    Removed(&'static str),
    /// Everything is in its new form, and nobody can see it yet.
    Ready,
    /// The store is at this data version for everybody.
    Switched(u32),
    /// What was left over is gone.
    Tidied,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Waiting(holder) => write!(f, "waiting: {holder} migrates, or died while it did"),
            Self::Locked => f.write_str("nobody else can migrate now"),
            Self::Closed(name) => write!(f, "{name}: closed to writes"),
            Self::Rewritten(name, done, of) => write!(f, "{name}: {done} of {of} documents"),
            Self::Checked(name) => write!(f, "{name}: complete"),
            Self::Made(name) => write!(f, "{name}: made"),
            Self::Removed(name) => write!(f, "{name}: removed"),
            Self::Ready => f.write_str("everything is ready for the switch"),
            Self::Switched(version) => write!(f, "the store is at data version {version}"),
            Self::Tidied => f.write_str("nothing is left over"),
        }
    }
}
