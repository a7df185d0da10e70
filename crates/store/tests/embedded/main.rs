//! The guarantees of the embedded store only: its folder, its file, and a kill at any moment.

#![expect(clippy::unwrap_used, reason = "in a test it is the assertion")]
#![expect(
    clippy::print_stdout,
    reason = "the child of the kill test tells its parent what was acknowledged"
)]

mod damage;
mod fixture;
mod folder;
mod kill;
mod reopen;
