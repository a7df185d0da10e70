//! How tests and measurements get a real Elasticsearch: starts it on loopback. No part of the product
//! depends on this crate.
//!
//! A [`NodeProcess`] is a server with its own folder; a [`TestCluster`] is three of them that know each
//! other. Both need a [`Installation`]: an unpacked server, and a Java to run it with. Everything listens
//! on 127.0.0.1 only, and ends when its value is dropped or this process dies.

mod certificates;
mod cluster;
mod endpoint;
mod folder;
mod installation;
mod java;
mod log_tail;
mod node;
mod options;
mod ports;
mod process_group;
mod settings;
pub mod user;
mod watchdog;

pub use self::certificates::Certificates;
pub use self::cluster::TestCluster;
pub use self::endpoint::Endpoint;
pub use self::installation::Installation;
pub use self::java::Java;
pub use self::node::NodeProcess;
pub use self::options::{JitCompiler, NodeOptions};
pub use self::watchdog::Watchdog;
