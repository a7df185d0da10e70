//! Migrations of the shape of stored documents.
//!
//! The shape has a number, the *data version*: that of the last migration. It is independent of
//! the layout in which an adapter stores documents (tables, mappings), which has its own version.
//! `cargo xtask migration NAME` drafts a migration by comparing the records in the code with the
//! last snapshot in `schema/`; a test fails while they differ.

mod all;
mod change;
mod document_path;
mod error;
mod plan;
mod port;
mod registry;
mod schema;

pub(crate) use self::schema::CollectionSchema;
pub use self::{
    change::{
        AssignedIds, ChangeKind, CollectionChange, DocumentBody, DocumentEdit, Migration, Rename,
        Rewrite,
    },
    document_path::edit_at_path,
    error::MigrateError,
    plan::{Plan, Task, TaskKind},
    port::{Migrate, MigrationObserver, MigrationOutcome, MigrationStep, StoreState},
    registry::Registry,
    schema::schema,
};

/// The data version of stores from before there were migrations. A store with documents and no
/// data version has this one.
pub const BASELINE: u32 = 1;

/// The data version that this program reads and writes.
pub fn latest() -> u32 {
    Registry::of_program().latest()
}
