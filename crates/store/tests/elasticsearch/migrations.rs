//! Migrating while others work on the same indices, and when something goes wrong in the middle.

mod frozen;
mod lost;
pub(crate) mod shape;
mod writers;
