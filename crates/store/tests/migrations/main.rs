//! What must be true of migrating any store. Which store it is about is the affair of `testbed`:
//! `cargo xtask test` runs the whole suite once over each.

#![expect(clippy::unwrap_used, reason = "in a test it is the assertion")]

mod bystander;
mod failures;
mod interrupted;
mod program;
mod registry;
mod tales;
mod twice;
mod versions;
mod whole;
