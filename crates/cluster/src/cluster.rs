//! A cluster of three nodes that stores every document twice, for tests of node failures.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::installation::Installation;
use crate::node::NodeProcess;
use crate::options::NodeOptions;
use crate::ports::Ports;
use crate::settings::{Discovery, Member};

const NAMES: [&str; 3] = ["n0", "n1", "n2"];
const JOINING: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(200);

/// Three nodes, each of which can become the master.
#[derive(Debug)]
pub struct TestCluster {
    nodes: Vec<NodeProcess>,
}

impl TestCluster {
    /// Starts three nodes with these options, without waiting until they have found each other.
    /// With a folder, each node uses a subfolder with its name; otherwise their folders are
    /// temporary.
    ///
    /// # Errors
    /// If one cannot be started.
    pub fn start(home: &Installation, options: &NodeOptions) -> Result<Self> {
        let mut members = Vec::new();
        for name in NAMES {
            members.push(Member {
                name: name.to_owned(),
                ports: Ports::find()?,
            });
        }
        let discovery = Discovery::Members(members.clone());
        let start = |member: &Member| {
            let folder = options.folder.as_ref();
            let options = NodeOptions {
                name: member.name.clone(),
                folder: folder.map(|folder| folder.join(&member.name)),
                ..options.clone()
            };
            NodeProcess::start_on(member.ports, home, &options, &discovery)
        };
        let nodes = members.iter().map(start).collect::<Result<_>>()?;
        Ok(Self { nodes })
    }

    /// Waits until all three respond and every copy of every shard is allocated.
    ///
    /// # Errors
    /// If one of them ends, or it takes minutes.
    pub fn wait_until_ready(&mut self) -> Result<()> {
        for node in &mut self.nodes {
            node.wait_until_ready()?;
        }
        let start = Instant::now();
        let health = "/_cluster/health?wait_for_nodes=3&wait_for_status=green&timeout=5s";
        loop {
            let answer = self.nodes[0].endpoint().get(health);
            if answer.as_ref().is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            if start.elapsed() > JOINING {
                let seconds = JOINING.as_secs();
                bail!("the three nodes are no healthy cluster after {seconds} s: {answer:?}");
            }
            sleep(PAUSE);
        }
    }

    /// The nodes, to inject a fault into one of them.
    pub fn nodes_mut(&mut self) -> &mut [NodeProcess] {
        &mut self.nodes
    }

    /// The URLs of the nodes.
    pub fn urls(&self) -> Vec<String> {
        self.nodes.iter().map(NodeProcess::url).collect()
    }
}
