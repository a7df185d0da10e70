//! The program on Elasticsearch: faults of the cluster or the network, and several processes on one
//! cluster.
//!
//! `cargo xtask test --only elasticsearch` starts the servers that these tests need.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod outage;
mod processes;
mod requests;
mod secrets;
mod start;
#[expect(
    dead_code,
    unused_imports,
    reason = "the other tests over HTTP use the rest of it"
)]
#[path = "../support/support.rs"]
mod support;

use testbed::{TestStore, proxy::FaultProxy};

/// The environment variables for a program that reaches this store through the proxy.
fn by(proxy: &FaultProxy, place: &TestStore) -> Vec<(&'static str, String)> {
    let mut variables = place.variables();
    variables.retain(|(name, _)| *name != "INSPIRED_ELASTICSEARCH");
    variables.push(("INSPIRED_ELASTICSEARCH", proxy.url()));
    variables
}

/// A fresh store, and a proxy in front of it.
async fn place_and_way() -> (TestStore, FaultProxy) {
    let server = testbed::required_server();
    (TestStore::fresh(), FaultProxy::to(&server).await)
}
