//! Asking a node that was given up whether it is back.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use elasticsearch::http::Method;
use tokio::time::{Instant, sleep};

use super::{
    call::{Call, milliseconds},
    cluster::Cluster,
    node::{Node, Sign},
};

/// The first question comes after this, each further one after twice as long.
const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(2);
/// A node that froze may have missed that it was replaced, and would tell what is no longer true. It
/// is believed again only when it has known its master for so long, unless there is no other.
const QUARANTINE: Duration = Duration::from_secs(3);

/// Asks until the node is back, or nobody needs it any more.
pub(super) fn start(cluster: &Arc<Cluster>, node: Arc<Node>, sign: Sign) {
    let cluster = Arc::downgrade(cluster);
    tokio::spawn(async move {
        let mut well_since: Option<Instant> = None;
        let mut pause = FIRST;
        loop {
            sleep(pause).await;
            let Some(alone) = is_alone(&cluster, &node) else {
                return;
            };
            if !knows_its_master(&node).await {
                well_since = None;
                pause = (pause * 2).min(LONGEST);
                continue;
            }
            let since = *well_since.get_or_insert_with(Instant::now);
            if sign == Sign::Unreachable || alone || since.elapsed() >= QUARANTINE {
                tracing::info!(node = %node.url(), "a node of Elasticsearch is back");
                node.revive();
                if let Some(cluster) = cluster.upgrade() {
                    cluster.take_up();
                }
                return;
            }
            pause = FIRST * 2;
        }
    });
}

/// Whether no other node is alive; `None` when the node has left the list.
fn is_alone(cluster: &Weak<Cluster>, node: &Arc<Node>) -> Option<bool> {
    let cluster = cluster.upgrade()?;
    let nodes = cluster.nodes();
    nodes
        .iter()
        .any(|other| Arc::ptr_eq(other, node))
        .then(|| cluster.alive() == 0)
}

/// The question is passed on to the elected master, so a node that has lost it fails. Who may not
/// ask it gets an answer all the same.
async fn knows_its_master(node: &Node) -> bool {
    let call = Call::new(Method::Get, "/_cluster/health")
        .query("local", false)
        .query("filter_path", "status")
        .query("master_timeout", milliseconds(Duration::from_secs(1)))
        .query("timeout", milliseconds(Duration::ZERO));
    let (answer, _) = node.attempt(&call).await;
    // 408 says that the cluster is not as healthy as it should be, which is not the question.
    answer.is_ok_and(|answer| !answer.status.is_server_error())
}
