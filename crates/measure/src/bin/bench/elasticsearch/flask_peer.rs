//! The reference implementation: the same requests, served by Flask on the same node.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context as _, Result};
use cluster::NodeProcess;
use measure::{
    affinity::SERVER_CORE,
    server::{Server, free_address},
};

use crate::Bench;

/// The default path, beside the repository.
const SCRIPT: &str = "../shared/peers/flask/serve.sh";
/// Maximum time of its start; its script installs its dependencies the first time.
const PATIENCE: Duration = Duration::from_secs(300);

/// The script that serves it: the given one, otherwise the default one if it exists.
///
/// # Errors
/// If the given one does not exist.
pub(crate) fn find(asked: Option<&Path>) -> Result<Option<PathBuf>> {
    if let Some(path) = asked {
        let found = path.canonicalize();
        return found.map(Some).context("the script of --flask-peer");
    }
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Ok(repository.join(SCRIPT).canonicalize().ok())
}

/// Starts it on the core of the server. Unlike ours it inherits the environment, in which its
/// script finds Python.
pub(super) fn start(script: &Path, node: &NodeProcess, bench: &Bench) -> Result<Server> {
    let address = free_address()?;
    let mut command = Command::new(script);
    command.arg(address.port().to_string());
    command.env("ELASTICSEARCH_URL", node.url());
    let log = bench.data("peer.log");
    let mut server = Server::spawn(command, address, Some(SERVER_CORE), &log)?;
    server.wait_until_listening(PATIENCE)?;
    Ok(server)
}
