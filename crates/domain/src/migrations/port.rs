//! The port to the migrator of a store.

use std::fmt;

use async_trait::async_trait;

use super::{MigrateError, Registry};

/// A store that can be migrated.
///
/// Whenever a migration is interrupted (a dropped future, a dead process), the store is at its old
/// or at its new data version, and the next attempt completes it. Every write that was
/// acknowledged before is there with its id and its revision. During a migration a write is
/// applied and preserved, or rejected as
/// [`Unavailable`](crate::documents::StoreError::Unavailable).
#[async_trait]
pub trait Migrate: fmt::Debug + Send + Sync {
    /// The state of the store; nothing is changed.
    ///
    /// # Errors
    /// If the store cannot be used; [`MigrateError::Newer`].
    async fn store_state(&self, registry: &Registry) -> Result<StoreState, MigrateError>;

    /// Migrates the store to the data version of the registry, and removes what an earlier attempt
    /// has left. One process migrates at a time; another waits or is rejected.
    ///
    /// # Errors
    /// If the store cannot be used, or a document cannot be changed; [`MigrateError::Newer`].
    async fn migrate(
        &self,
        registry: &Registry,
        watch: &dyn MigrationObserver,
    ) -> Result<MigrationOutcome, MigrateError>;
}

/// The state of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreState {
    /// There is no store yet; it will be created at the latest data version.
    Nothing,
    /// A store without documents, at this data version.
    Empty(u32),
    /// A store with documents, at this data version.
    Filled(u32),
}

/// The outcome of a migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MigrationOutcome {
    /// There is no store yet.
    Nothing,
    /// It was at this data version already.
    Already(u32),
    /// It was migrated from the first to the second data version.
    Migrated(u32, u32),
}

/// Observes each step of a migration after it was done; the next step begins when the observer
/// returns.
#[async_trait]
pub trait MigrationObserver: Send + Sync {
    /// A step was done.
    async fn step(&self, step: MigrationStep);
}

/// A step of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MigrationStep {
    /// Another process is migrating; the text says which.
    Waiting(String),
    /// This process has the lock.
    Locked,
    /// A collection is closed to writes, and the writes in progress have ended.
    Closed(&'static str),
    /// This number of documents of a collection is written, of this total.
    Rewritten(&'static str, u64, u64),
    /// The new form of a collection is complete and was compared with the old one.
    Checked(&'static str),
    /// A collection was created.
    Made(&'static str),
    /// A collection was removed.
    Removed(&'static str),
    /// Every collection is in its new form, which is not yet visible.
    Ready,
    /// The store is at this data version, visible to all processes.
    Switched(u32),
    /// Leftovers were removed.
    Tidied,
}

impl fmt::Display for MigrationStep {
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
