//! Sniffing: finds the nodes of a cluster by asking one of them.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use elasticsearch::http::Method;
use serde::Deserialize;
use tokio::time::{Instant, sleep};

use super::{
    call::NodeRequest,
    cluster::Cluster,
    failure::RequestFailure,
    node::{Node, NodeState},
    probe,
    settings::NodeUrl,
};

/// Minimum interval between two requests; the list changes only when nodes come and go.
const EVERY: Duration = Duration::from_secs(5);

/// Ensures that only one task sniffs at a time, and not too often.
#[derive(Debug, Default)]
pub(crate) struct Sniffer {
    is_sniffing: AtomicBool,
    last: Mutex<Option<Instant>>,
}

impl Sniffer {
    fn may_start(&self) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_some_and(|last| last.elapsed() < EVERY)
            || self.is_sniffing.swap(true, Ordering::AcqRel)
        {
            return false;
        }
        *last = Some(Instant::now());
        true
    }
}

/// Starts sniffing after a failed request, if it is enabled; retries until a response arrives.
pub(crate) fn soon(cluster: &Arc<Cluster>) {
    if !cluster.settings.sniff || !cluster.sniffer.may_start() {
        return;
    }
    let cluster = Arc::downgrade(cluster);
    tokio::spawn(async move {
        while let Some(cluster) = cluster.upgrade() {
            let Err(failure) = sniff(&cluster).await else {
                cluster.sniffer.is_sniffing.store(false, Ordering::Release);
                return;
            };
            tracing::warn!(%failure, "the nodes of Elasticsearch were not found");
            drop(cluster);
            sleep(EVERY).await;
        }
    });
}

async fn sniff(cluster: &Arc<Cluster>) -> Result<(), RequestFailure> {
    let call = NodeRequest::new(Method::Get, "/_nodes/http")
        .query("filter_path", "nodes.*.http.publish_address,nodes.*.roles");
    let found: NodesResponse = cluster.send(&call).await?.success()?;
    let is_https = cluster
        .settings
        .nodes
        .iter()
        .any(|node| node.to_string().starts_with("https"));
    let addresses = found
        .nodes
        .values()
        .filter(|node| !node.is_only_master())
        .map(|node| node.http.publish_address.as_str());
    let urls: Vec<NodeUrl> = addresses
        .filter_map(|address| url(is_https, address))
        .filter(|url| admitted(cluster, url))
        .collect();
    if urls.is_empty() {
        return Err(RequestFailure::NoAnswer(
            "the cluster names no nodes".to_owned(),
        ));
    }
    let nodes = merged(cluster, urls);
    tracing::info!(?nodes, "the nodes of Elasticsearch were found");
    let new: Vec<_> = nodes
        .iter()
        .filter(|node| !node.is_alive())
        .cloned()
        .collect();
    cluster.set_nodes(nodes);
    new.into_iter().for_each(|node| probe::start(cluster, node));
    Ok(())
}

/// False for a node that would be sent the password without encryption: a cluster on this machine
/// may publish addresses of others.
fn admitted(cluster: &Cluster, node: &NodeUrl) -> bool {
    let is_admitted = cluster.settings.admits(node);
    if !is_admitted {
        tracing::warn!(%node, "a node of Elasticsearch is not used: it would be sent the password without encryption");
    }
    is_admitted
}

/// Merges the lists. Known nodes keep their state, and configured nodes always stay, because the
/// published addresses may be unreachable from here.
fn merged(cluster: &Cluster, found: Vec<NodeUrl>) -> Vec<Arc<Node>> {
    let known = cluster.nodes();
    let configured = &cluster.settings.nodes;
    let mut nodes: Vec<Arc<Node>> = known
        .into_iter()
        .filter(|node| configured.contains(node.url()) || found.contains(node.url()))
        .collect();
    for url in found {
        if nodes.iter().all(|node| *node.url() != url)
            && let Ok(node) = Node::new(url, &cluster.settings)
        {
            let node = Arc::new(node);
            // A new node is used only after a probe has shown that it belongs to this cluster.
            node.worsen(NodeState::Dead);
            nodes.push(node);
        }
    }
    nodes
}

/// Parses `10.0.0.1:9200`, or `es1.example/10.0.0.1:9200`, of which the name matches the
/// certificate.
fn url(is_https: bool, address: &str) -> Option<NodeUrl> {
    let scheme = if is_https { "https" } else { "http" };
    let authority = match address.split_once('/') {
        Some((name, rest)) => format!("{name}:{}", rest.rsplit_once(':')?.1),
        None => address.to_owned(),
    };
    NodeUrl::parse(&format!("{scheme}://{authority}"))
        .ok()
        .map(|(url, _)| url)
}

#[derive(Debug, Deserialize)]
struct NodesResponse {
    nodes: HashMap<String, Published>,
}

#[derive(Debug, Deserialize)]
struct Published {
    http: Http,
    #[serde(default)]
    roles: Vec<String>,
}

impl Published {
    /// True for a dedicated master, which should receive no requests.
    fn is_only_master(&self) -> bool {
        let is_of_master = |role: &String| role == "master" || role == "voting_only";
        !self.roles.is_empty() && self.roles.iter().all(is_of_master)
    }
}

#[derive(Debug, Deserialize)]
struct Http {
    publish_address: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::elasticsearch::client::settings::{ClusterCredentials, ClusterSettings, Secret};

    fn node(text: &str) -> NodeUrl {
        NodeUrl::parse(text).unwrap().0
    }

    /// A cluster on this machine that publishes nodes on others.
    #[tokio::test]
    async fn a_found_node_gets_no_password_without_encryption() {
        let mut settings = ClusterSettings::new(vec![node("http://127.0.0.1:9200")]);
        settings.access = ClusterCredentials::ApiKey(Secret::new("a2V5".to_owned()));
        let (near, far) = (node("http://127.0.0.1:9201"), node("http://10.0.0.1:9200"));
        let cluster = Cluster::new(settings.clone()).unwrap();
        assert!(admitted(&cluster, &near));
        assert!(!admitted(&cluster, &far));
        assert!(admitted(&cluster, &node("https://10.0.0.1:9200")));
        settings.insecure_http = true;
        let cluster = Cluster::new(settings).unwrap();
        assert!(admitted(&cluster, &far));
    }

    #[test]
    fn a_published_name_is_preferred_to_its_address() {
        let read = |address| url(true, address).map(|url| url.to_string());
        assert_eq!(
            read("10.0.0.1:9200").as_deref(),
            Some("https://10.0.0.1:9200")
        );
        assert_eq!(read("[::1]:9200").as_deref(), Some("https://[::1]:9200"));
        assert_eq!(
            read("es1.example/10.0.0.1:9200").as_deref(),
            Some("https://es1.example:9200")
        );
        assert_eq!(read("nonsense/"), None);
    }
}
