//! Migrations of the shape of stored documents.
//!
//! The shape has a number, the *data version*: that of the last migration. It is independent of
//! the layout in which an adapter stores documents (tables, mappings), which has its own version.
//! `cargo xtask migration NAME` drafts a migration by comparing the records in the code with the
//! last snapshot in `schema/`; a test fails while they differ.

mod all;
mod change;
mod error;
mod plan;
mod port;
mod registry;
mod schema;
mod within;

pub(crate) use self::schema::Record;
pub use self::{
    change::{Body, Change, Edit, GivenIds, Kind, Migration, Rename, Rewrite},
    error::MigrateError,
    plan::{Plan, Task, Work},
    port::{Migrate, Outcome, Standing, Step, Watch},
    registry::Registry,
    schema::schema,
    within::within,
};

/// The data version of stores from before there were migrations. A store with documents and no
/// data version has this one.
pub const BASELINE: u32 = 1;

/// The data version that this program reads and writes.
pub fn latest() -> u32 {
    Registry::of_program().latest()
}
