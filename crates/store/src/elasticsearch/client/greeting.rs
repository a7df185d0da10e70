//! Identifies the server: whether it is Elasticsearch, and which cluster.

use std::sync::Arc;

use elasticsearch::http::Method;
use futures::future::join_all;
use serde::Deserialize;

use super::{
    call::{NodeRequest, NodeResponse},
    cluster::Cluster,
    connect_error::ConnectError,
    node::Node,
};
use crate::elasticsearch::indices;

/// Checks that all nodes belong to one Elasticsearch cluster; returns its version. All nodes are
/// asked, because with two clusters behind one list half of all logins would fail.
pub(crate) async fn greet(cluster: &Arc<Cluster>) -> Result<String, ConnectError> {
    let nodes = indices::nodes(cluster);
    let answer = cluster.send(&question()).await;
    let answer = answer
        .and_then(|answer| answer.require_success().map(|()| answer))
        .map_err(|failure| ConnectError::of(&failure, &nodes))?;
    let greeting: Option<Greeting> = serde_json::from_slice(&answer.body).ok();
    let Some(greeting) = greeting else {
        let found = "it does not say what it is".to_owned();
        return Err(ConnectError::NotElasticsearch { nodes, found });
    };
    if !greeting.version.is_known() {
        let found = greeting.version.describe();
        return Err(ConnectError::NotElasticsearch { nodes, found });
    }
    if let Some(uuid) = greeting.cluster_uuid {
        // The cell is set here only, so it is empty.
        let _ = cluster.identity.set(uuid);
    }
    let all = cluster.nodes();
    let foreign = join_all(all.iter().map(|node| is_foreign_now(cluster, node))).await;
    if foreign.contains(&true) {
        return Err(ConnectError::TwoClusters(nodes));
    }
    Ok(greeting.version.number)
}

async fn is_foreign_now(cluster: &Arc<Cluster>, node: &Arc<Node>) -> bool {
    let (answer, sign) = node.attempt(&question()).await;
    cluster.note(node, sign);
    answer.is_ok_and(|answer| is_foreign(cluster, &answer))
}

/// The request for the root resource, which a node answers without any other.
pub(crate) fn question() -> NodeRequest {
    NodeRequest::new(Method::Get, "/")
}

/// True if the response to [`question`] names another cluster than the one connected to.
pub(crate) fn is_foreign(cluster: &Cluster, answer: &NodeResponse) -> bool {
    let greeting: Option<Greeting> = serde_json::from_slice(&answer.body).ok();
    let told = greeting.and_then(|greeting| greeting.cluster_uuid);
    match (cluster.identity.get(), told) {
        // A node that is still looking for its cluster reports `_na_`.
        (Some(ours), Some(told)) => told != "_na_" && told != *ours,
        _ => false,
    }
}

#[derive(Debug, Deserialize)]
struct Greeting {
    cluster_uuid: Option<String>,
    version: Version,
}

#[derive(Debug, Deserialize)]
struct Version {
    number: String,
    distribution: Option<String>,
}

impl Version {
    fn is_known(&self) -> bool {
        let major = self.number.split('.').next().unwrap_or_default();
        self.distribution.is_none() && ["8", "9"].contains(&major)
    }

    fn describe(&self) -> String {
        let name = self.distribution.as_deref().unwrap_or("Elasticsearch");
        format!("it is {name} {}", self.number)
    }
}
