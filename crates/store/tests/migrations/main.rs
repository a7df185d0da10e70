//! The migration suite of every store. `testbed` selects the store: `cargo xtask test` runs the
//! whole suite once on each.

#![expect(clippy::unwrap_used, reason = "in a test it is the assertion")]

mod bystander;
mod failures;
mod interrupted;
mod program;
mod registry;
mod sample_store;
mod twice;
mod versions;
mod whole;
