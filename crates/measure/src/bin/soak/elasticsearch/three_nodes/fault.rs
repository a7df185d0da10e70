//! The fault, and the node that it hits.

use std::{thread::sleep, time::Duration};

use anyhow::{Context as _, Result, ensure};
use cluster::TestCluster;
use measure::elasticsearch::ask;

/// Time for which a killed node stays away, and a frozen one frozen.
const AWAY: Duration = Duration::from_secs(15);

/// A fault.
#[derive(Clone, Copy, Debug)]
pub(super) struct NodeFault {
    pub(super) name: &'static str,
    victim: Victim,
    kind: NodeFaultKind,
}

#[derive(Clone, Copy, Debug)]
enum Victim {
    /// The node with the primary of this index.
    Primary(&'static str),
    Master,
    /// A node that is not the master but has a primary.
    Data,
}

#[derive(Clone, Copy, Debug)]
enum NodeFaultKind {
    Kill,
    Freeze,
}

pub(super) const FAULTS: [NodeFault; 5] = [
    NodeFault {
        name: "primary of the sessions killed",
        victim: Victim::Primary("inspired-sessions"),
        kind: NodeFaultKind::Kill,
    },
    NodeFault {
        name: "primary of the accounts killed",
        victim: Victim::Primary("inspired-accounts"),
        kind: NodeFaultKind::Kill,
    },
    NodeFault {
        name: "master killed",
        victim: Victim::Master,
        kind: NodeFaultKind::Kill,
    },
    NodeFault {
        name: "data node frozen",
        victim: Victim::Data,
        kind: NodeFaultKind::Freeze,
    },
    NodeFault {
        name: "master frozen",
        victim: Victim::Master,
        kind: NodeFaultKind::Freeze,
    },
];

impl NodeFault {
    /// Injects the fault and removes it again; returns the number of the node.
    pub(super) fn strike(self, cluster: &mut TestCluster) -> Result<usize> {
        let number = find(cluster, self.victim)?;
        let node = &mut cluster.nodes_mut()[number];
        match self.kind {
            NodeFaultKind::Kill => {
                node.kill()?;
                sleep(AWAY);
                node.start_again()?;
            }
            NodeFaultKind::Freeze => {
                node.freeze()?;
                sleep(AWAY);
                node.thaw()?;
            }
        }
        Ok(number)
    }
}

/// The number of the node.
fn find(cluster: &TestCluster, victim: Victim) -> Result<usize> {
    let url = &cluster.urls()[0];
    let master = ask(url, "/_cat/master?format=json&h=node")?;
    let master = number(master[0]["node"].as_str())?;
    let primaries = |index: &str| -> Result<Vec<usize>> {
        let path = format!("/_cat/shards/{index}*?format=json&h=prirep,node");
        let shards = ask(url, &path)?;
        let shards = shards.as_array().context("no list of shards")?.iter();
        let primaries = shards.filter(|shard| shard["prirep"] == "p");
        primaries
            .map(|shard| number(shard["node"].as_str()))
            .collect()
    };
    match victim {
        Victim::Master => Ok(master),
        Victim::Primary(index) => {
            let found = primaries(index)?;
            ensure!(found.len() == 1, "{} primaries of {index}", found.len());
            Ok(found[0])
        }
        Victim::Data => {
            let found = primaries("inspired-")?
                .into_iter()
                .find(|node| *node != master);
            Ok(found.unwrap_or((master + 1) % 3))
        }
    }
}

/// The number in the name of a node: `n0`, `n1` or `n2`.
fn number(name: Option<&str>) -> Result<usize> {
    let digits = name.and_then(|name| name.strip_prefix('n'));
    digits
        .context("a node without a number")?
        .parse()
        .context("a node with another name")
}
