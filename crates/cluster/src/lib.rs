//! How tests and measurements get a real Elasticsearch: starts it on loopback. No part of the product
//! depends on this crate.
//!
//! A [`Node`] is a server with its own folder; a [`Cluster`] is three of them that know each
//! other. Both need a [`Home`]: an unpacked server, and a Java to run it with. Everything listens
//! on 127.0.0.1 only, and ends when its value is dropped or this process dies.

mod certificates;
mod cluster;
mod endpoint;
mod folder;
mod group;
mod home;
mod java;
mod node;
mod options;
mod ports;
mod settings;
mod tail;
pub mod user;
mod watchdog;

pub use self::certificates::Certificates;
pub use self::cluster::Cluster;
pub use self::endpoint::Endpoint;
pub use self::home::Home;
pub use self::java::Java;
pub use self::node::Node;
pub use self::options::{Compiler, Options};
pub use self::watchdog::Watchdog;
