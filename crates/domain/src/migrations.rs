//! How the shape of what is kept has changed, and how a store gets from one shape to the next.
//!
//! The shape has a number, the *data version*: that of the last migration. It is another thing than
//! the layout in which an adapter lays documents down (tables, mappings), which is the adapter's own.
//! `cargo xtask migration NAME` drafts a migration by comparing the records in the code with the
//! last snapshot of them in `schema/`; a test fails while they differ.

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

/// What stores had before there were migrations. A store with documents and without a mark is there.
pub const BASELINE: u32 = 1;

/// The data version that this program reads and writes.
pub fn latest() -> u32 {
    Registry::of_program().latest()
}
