//! The shared parts of benchmarks and soak tests: the server, three kinds of clients, and
//! statistics.
//!
//! This crate knows the product only through its requests; the exceptions are [`data_folder`],
//! which opens the folder of a server that is not running, and [`elasticsearch::disable`].

pub mod affinity;
pub mod batches;
pub mod calls;
pub mod claim_result;
pub mod client;
pub mod closed_loop;
pub mod connections;
pub mod data_folder;
pub mod elasticsearch;
pub mod framing;
pub mod machine;
pub mod open_loop;
pub mod people;
pub mod process;
pub mod rank_test;
pub mod report;
pub mod sample_pages;
pub mod samples;
pub mod server;
pub mod stopwatch;
pub mod wait;
