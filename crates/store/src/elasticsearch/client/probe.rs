//! Probes a failed node until it is healthy.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use elasticsearch::http::Method;
use tokio::time::{Instant, sleep};

use super::{
    call::{NodeRequest, milliseconds},
    cluster::Cluster,
    failure::RequestFailure,
    greeting,
    node::{Node, NodeState},
};

/// Pause after the first probe; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(1);
/// Time for which a node that was silent must know its master before it is used again, unless
/// there is no other. A node that froze may have missed that it was replaced, and would return
/// outdated documents.
const QUARANTINE: Duration = Duration::from_secs(3);

/// Timeout of requests that a node answers without others.
const LOCAL: Duration = Duration::from_secs(1);

/// The condition of a probed node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NodeCondition {
    /// It knows its elected master, so its reads are current.
    Well,
    /// It responds but does not reach its master.
    WithoutMaster,
    /// It cannot be reached.
    Unreachable,
    /// It does not respond.
    Silent,
    /// It belongs to another cluster now.
    Foreign,
}

/// Starts a task that probes the node until it is healthy or has left the list.
pub(crate) fn start(cluster: &Arc<Cluster>, node: Arc<Node>) {
    let cluster = Arc::downgrade(cluster);
    tokio::spawn(async move {
        let (mut was_silent, mut well_since) = (false, None::<Instant>);
        let mut pause = FIRST;
        while let Some(is_alone) = is_alone(&cluster, &node) {
            let Some(condition) = ask(&cluster, &node).await else {
                return;
            };
            if condition == NodeCondition::Well {
                let since = *well_since.get_or_insert_with(Instant::now);
                if !was_silent || is_alone || since.elapsed() >= QUARANTINE {
                    return take_back(&cluster, &node);
                }
                pause = FIRST;
            } else {
                was_silent |= condition == NodeCondition::Silent;
                well_since = None;
                give_up(&cluster, &node, condition);
            }
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST);
        }
    });
}

/// Lowers the state of a node. One without a master may return outdated documents, so it is used
/// only if no other is healthy.
fn give_up(cluster: &Weak<Cluster>, node: &Node, condition: NodeCondition) {
    let state = match condition {
        NodeCondition::Well | NodeCondition::WithoutMaster => NodeState::Suspected,
        NodeCondition::Unreachable | NodeCondition::Silent | NodeCondition::Foreign => {
            NodeState::Dead
        }
    };
    if node.worsen(state) < state
        && state == NodeState::Dead
        && let Some(cluster) = cluster.upgrade()
    {
        cluster.log_given_up(node, &condition);
    }
}

fn take_back(cluster: &Weak<Cluster>, node: &Node) {
    if node.revive() == NodeState::Dead {
        tracing::info!(node = %node.url(), "a node of Elasticsearch is back");
        if let Some(cluster) = cluster.upgrade() {
            cluster.close_breaker();
        }
    }
}

/// True if no other node is alive; `None` if the node has left the list.
fn is_alone(cluster: &Weak<Cluster>, node: &Arc<Node>) -> Option<bool> {
    let nodes = cluster.upgrade()?.nodes();
    let is_it = |other: &Arc<Node>| Arc::ptr_eq(other, node);
    let is_other_alive = nodes.iter().any(|other| !is_it(other) && other.is_alive());
    nodes.iter().any(is_it).then_some(!is_other_alive)
}

/// Asks the node about itself, then about its master. A node whose master is frozen answers the
/// first question but not the second. `None` if the cluster was dropped.
async fn ask(cluster: &Weak<Cluster>, node: &Node) -> Option<NodeCondition> {
    let (told, _) = node.attempt(&greeting::question().within(LOCAL)).await;
    let told = match told {
        Ok(answer) if answer.status.is_server_error() => return Some(NodeCondition::WithoutMaster),
        Ok(answer) => answer,
        Err(RequestFailure::NotSent(_)) => return Some(NodeCondition::Unreachable),
        Err(RequestFailure::NoAnswer(_)) => return Some(NodeCondition::Silent),
        Err(RequestFailure::Busy(_) | RequestFailure::Refused(_)) => {
            return Some(NodeCondition::WithoutMaster);
        }
    };
    if greeting::is_foreign(&*cluster.upgrade()?, &told) {
        return Some(NodeCondition::Foreign);
    }
    Some(ask_for_master(node).await)
}

/// Asks the elected master through the node. A 403 is an answer as well, and a 408 only says that
/// the cluster is less healthy than requested, which does not matter here.
async fn ask_for_master(node: &Node) -> NodeCondition {
    let call = NodeRequest::new(Method::Get, "/_cluster/health")
        .query("local", false)
        .query("filter_path", "status")
        .query("master_timeout", milliseconds(LOCAL))
        .query("timeout", milliseconds(Duration::ZERO));
    let (answer, _) = node.attempt(&call).await;
    match answer {
        Ok(answer) if !answer.status.is_server_error() => NodeCondition::Well,
        _ => NodeCondition::WithoutMaster,
    }
}
