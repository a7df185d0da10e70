//! The store when Elasticsearch, or the network to it, fails.
//!
//! `cargo xtask test --only elasticsearch` starts the servers that these tests need.

#![expect(clippy::unwrap_used, reason = "in a test it is the assertion")]

mod access;
mod answers;
mod blocks;
mod fixture;
mod indices;
mod migrations;
mod network_faults;
mod nodes;
mod requests;
mod search;
mod start;
