//! What the program does on Elasticsearch, when it or the way to it is not as it should be, and when
//! it is not alone.
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

/// The variables by which the program finds this store by this way.
fn by(proxy: &Proxy, place: &Place) -> Vec<(&'static str, String)> {
    let mut variables = place.variables();
    variables.retain(|(name, _)| *name != "INSPIRED_ELASTICSEARCH");
    variables.push(("INSPIRED_ELASTICSEARCH", proxy.url()));
    variables
}

/// A fresh place and a way to it.
async fn place_and_way() -> (Place, Proxy) {
    let server = testbed::required_server();
    (Place::fresh(), Proxy::to(&server).await)
}
