//! Migrations while other processes use the same indices, and when something fails in the middle.

mod frozen;
mod lost;
pub(crate) mod shape;
mod writers;
