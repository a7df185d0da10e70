//! Finding the nodes of a cluster by asking one of them.

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
    call::Call,
    cluster::Cluster,
    failure::Failure,
    node::{Node, State},
    probe,
    settings::NodeUrl,
};

/// The list changes when nodes come and go, not more often.
const EVERY: Duration = Duration::from_secs(5);

/// Sees to it that the cluster is asked by one at a time, and not too often.
#[derive(Debug, Default)]
pub(super) struct Sniffer {
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

/// Asks for the nodes after a call that has failed, if that is wanted; again and again until it is
/// told.
pub(super) fn soon(cluster: &Arc<Cluster>) {
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

async fn sniff(cluster: &Arc<Cluster>) -> Result<(), Failure> {
    let call = Call::new(Method::Get, "/_nodes/http")
        .query("filter_path", "nodes.*.http.publish_address,nodes.*.roles");
    let found: Nodes = cluster.send(&call).await?.success()?;
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
        return Err(Failure::NoAnswer("the cluster names no nodes".to_owned()));
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

/// A cluster on this machine could name nodes on others, to which a password must not go plainly.
fn admitted(cluster: &Cluster, node: &NodeUrl) -> bool {
    let is_admitted = cluster.settings.admits(node);
    if !is_admitted {
        tracing::warn!(%node, "a node of Elasticsearch is not used: it would be sent the password without encryption");
    }
    is_admitted
}

/// Those that are known stay what they are, and those that were configured stay in any case: the
/// addresses that a cluster publishes need not be reachable from here.
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
            // It has to say first that it is one of this cluster.
            node.worsen(State::Dead);
            nodes.push(node);
        }
    }
    nodes
}

/// `10.0.0.1:9200`, or `es1.example/10.0.0.1:9200`, of which the name is what certificates are for.
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
struct Nodes {
    nodes: HashMap<String, Published>,
}

#[derive(Debug, Deserialize)]
struct Published {
    http: Http,
    #[serde(default)]
    roles: Vec<String>,
}

impl Published {
    /// Masters that hold no data are left to their work.
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
    use crate::elasticsearch::settings::{Access, Secret, Settings};

    fn node(text: &str) -> NodeUrl {
        NodeUrl::parse(text).unwrap().0
    }

    /// A cluster on this machine that says that it has nodes on others.
    #[tokio::test]
    async fn a_found_node_gets_no_password_without_encryption() {
        let mut settings = Settings::new(vec![node("http://127.0.0.1:9200")]);
        settings.access = Access::ApiKey(Secret::new("a2V5".to_owned()));
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
