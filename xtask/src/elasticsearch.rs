//! How tests get a real Elasticsearch: the one that the user names, otherwise one in a container,
//! otherwise an unpacked one on this machine. Only the last needs a Java and an archive from Maven
//! Central; the product needs neither.

mod archive;
mod container;
mod java;
mod maven;
mod servers;

use std::ffi::OsString;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;

use anyhow::Result;
use cluster::{Installation, JitCompiler, NodeOptions, NodeProcess, user};
use tempfile::TempDir;

use self::container::{Container, ContainerLaunch, Engine};
pub(crate) use self::servers::{Servers, StartingServers};
use crate::digest::Digest;
use crate::{environment, paths};

/// The password of empty servers that listen on loopback and run for minutes.
const PASSWORD: &str = "only-for-these-tests";

/// The heap of the test server, which has hundreds of indices at once.
const MANY_INDICES: &str = "1g";

/// Claims and checks that need a server and whose names do not say so.
const MEASURED_ON_IT: [&str; 6] = [
    "latencies",
    "one-source",
    "two-processes",
    "killed-process",
    "node-killed",
    "three-nodes",
];

/// The source of servers.
#[derive(Debug)]
pub(crate) enum ServerSource {
    /// The URL of a server that the user names in `ELASTICSEARCH_URL`.
    Named(String),
    /// A running container engine.
    Engine(Engine),
    /// An unpacked server.
    Home(Box<Installation>),
}

/// A server that was asked to start.
#[derive(Debug)]
pub(crate) enum ElasticsearchServer {
    /// The server of the user: it runs already, and is not stopped.
    Named(String),
    /// A container, and the folder of its certificates if it has some.
    Container(Container, Option<TempDir>),
    /// A process of an unpacked server.
    Node(Box<NodeProcess>),
}

impl ServerSource {
    /// Finds the first available source; the unpacked server is downloaded if necessary.
    pub(crate) fn find() -> Result<Self> {
        if let Some(url) = environment::elasticsearch_url() {
            return Ok(Self::Named(url));
        }
        if let Some(engine) = Engine::find() {
            return Ok(Self::Engine(engine));
        }
        Ok(Self::Home(Box::new(archive::home()?)))
    }

    /// Starts an empty server without security.
    pub(crate) fn plain(&self) -> Result<ElasticsearchServer> {
        match self {
            Self::Named(url) => Ok(ElasticsearchServer::Named(url.clone())),
            Self::Engine(engine) => {
                let launch = ContainerLaunch {
                    volume: None,
                    security: None,
                };
                Ok(ElasticsearchServer::Container(engine.start(&launch)?, None))
            }
            Self::Home(home) => {
                let options = NodeOptions {
                    heap: MANY_INDICES.to_owned(),
                    ..NodeOptions::default()
                };
                ElasticsearchServer::node(home, &options)
            }
        }
    }

    /// Starts a server with TLS and a password; `None` if the user names the server.
    pub(crate) fn secured(&self) -> Result<Option<ElasticsearchServer>> {
        match self {
            Self::Named(_) => Ok(None),
            Self::Engine(engine) => {
                let certificates = tempfile::tempdir()?;
                container::write_certificates(certificates.path())?;
                let launch = ContainerLaunch {
                    volume: None,
                    security: Some((PASSWORD, certificates.path())),
                };
                let container = engine.start(&launch)?;
                Ok(Some(ElasticsearchServer::Container(
                    container,
                    Some(certificates),
                )))
            }
            Self::Home(home) => {
                let options = NodeOptions {
                    password: Some(PASSWORD.to_owned()),
                    ..NodeOptions::default()
                };
                ElasticsearchServer::node(home, &options).map(Some)
            }
        }
    }

    /// Starts a server without security that keeps its data between runs.
    pub(crate) fn persistent(&self) -> Result<ElasticsearchServer> {
        match self {
            Self::Named(url) => Ok(ElasticsearchServer::Named(url.clone())),
            Self::Engine(engine) => {
                let launch = ContainerLaunch {
                    volume: Some(&format!("inspired-elasticsearch-{}", clone_name())),
                    security: None,
                };
                Ok(ElasticsearchServer::Container(engine.start(&launch)?, None))
            }
            Self::Home(home) => {
                let options = NodeOptions {
                    folder: Some(kept_folder()?),
                    compiler: JitCompiler::Full,
                    ..NodeOptions::default()
                };
                ElasticsearchServer::node(home, &options)
            }
        }
    }
}

impl ElasticsearchServer {
    fn node(home: &Installation, options: &NodeOptions) -> Result<Self> {
        Ok(Self::Node(Box::new(NodeProcess::start(home, options)?)))
    }

    /// The URL for clients.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Named(url) => url.clone(),
            Self::Container(container, _) => container.endpoint.url(),
            Self::Node(node) => node.url(),
        }
    }

    /// The authority that signed its certificate, if it uses TLS.
    fn ca(&self) -> Option<PathBuf> {
        match self {
            Self::Named(_) => None,
            Self::Container(_, certificates) => {
                let folder = certificates.as_ref()?;
                Some(folder.path().join("ca.crt"))
            }
            Self::Node(node) => node.ca(),
        }
    }

    /// Waits until all its data can be read and written.
    pub(crate) fn wait_until_ready(&mut self) -> Result<()> {
        match self {
            Self::Named(_) => Ok(()),
            Self::Container(container, _) => container.wait_until_ready(),
            Self::Node(node) => node.wait_until_ready(),
        }
    }

    /// Terminates it; one that is only dropped is killed.
    pub(crate) fn stop(self) -> Result<()> {
        match self {
            Self::Named(_) => Ok(()),
            Self::Container(container, _) => container.stop(),
            Self::Node(mut node) => node.terminate(),
        }
    }
}

/// The flags with which a measuring program starts its own servers. Empty, with a message, if no
/// server is available, because the embedded store can be measured without. Nothing is downloaded
/// if no selected measurement needs a server.
pub(crate) fn flags_for_measuring(arguments: &[String]) -> Vec<OsString> {
    if arguments
        .iter()
        .any(|argument| argument == "--help" || argument == "-h")
    {
        return Vec::new();
    }
    if !needs_elasticsearch(arguments) {
        return Vec::new();
    }
    match archive::home() {
        Ok(home) => vec![
            "--elasticsearch-home".into(),
            home.server().into(),
            "--java-home".into(),
            home.java().into(),
        ],
        Err(error) => {
            println!("nothing is measured on Elasticsearch: {error:#}");
            Vec::new()
        }
    }
}

/// True if a selected measurement needs Elasticsearch; without a selection everything is measured.
fn needs_elasticsearch(arguments: &[String]) -> bool {
    let mut names = only(arguments).peekable();
    names.peek().is_none()
        || names.any(|name| name.starts_with("elasticsearch") || MEASURED_ON_IT.contains(&name))
}

/// The names after `--only`, up to the next flag.
fn only(arguments: &[String]) -> impl Iterator<Item = &str> {
    let mut is_only = false;
    arguments.iter().filter_map(move |argument| {
        if let Some(name) = argument.strip_prefix("--only=") {
            is_only = true;
            return Some(name);
        }
        if argument.starts_with('-') {
            is_only = argument == "--only";
            return None;
        }
        is_only.then_some(argument.as_str())
    })
}

/// The folder of the persistent data: `data/elasticsearch` in the clone. As root, the server runs
/// as another user who cannot access `data`; then it is a folder of
/// `/var/lib/inspired-elasticsearch` that is named after the clone.
fn kept_folder() -> Result<PathBuf> {
    if user::is_other_user() {
        return Ok(PathBuf::from("/var/lib/inspired-elasticsearch").join(clone_name()));
    }
    let data = paths::top().join("data");
    // The program requires that its own data here is inaccessible to others.
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&data)?;
    Ok(data.join("elasticsearch"))
}

fn clone_name() -> String {
    let mut digest = Digest::default();
    digest.add(paths::top().as_os_str().as_encoded_bytes());
    digest.short()
}

#[cfg(test)]
mod tests {
    use super::needs_elasticsearch;

    #[test]
    fn a_run_of_only_what_does_without_elasticsearch_gets_none() {
        let needs = |line: &str| {
            let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            needs_elasticsearch(&arguments)
        };
        assert!(needs("") && needs("--pairs 5"));
        assert!(needs("--only elasticsearch-reads") && needs("--only=three-nodes"));
        assert!(needs("--only start latencies --pairs 5"));
        assert!(needs("--only start --seed 4 --only node-killed"));
        assert!(!needs("--only start weight --pairs 5"));
        assert!(!needs("--only=timing --seed 4"));
    }
}
