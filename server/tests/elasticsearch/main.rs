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

use testbed::{Place, proxy::Proxy};

/// The environment variables for a program that reaches this store through the proxy.
fn by(proxy: &Proxy, place: &Place) -> Vec<(&'static str, String)> {
    let mut variables = place.variables();
    variables.retain(|(name, _)| *name != "INSPIRED_ELASTICSEARCH");
    variables.push(("INSPIRED_ELASTICSEARCH", proxy.url()));
    variables
}

/// A fresh store, and a proxy in front of it.
async fn place_and_way() -> (Place, Proxy) {
    let server = testbed::required_server();
    (Place::fresh(), Proxy::to(&server).await)
}
