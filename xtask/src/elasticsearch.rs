//! A real Elasticsearch for whoever works on this: the one that they name, else one in a container,
//! else one that runs here by itself.

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
use cluster::{Compiler, Home, Node, Options, user};
use tempfile::TempDir;

use self::container::{Container, Engine, Launch};
pub(crate) use self::servers::{Servers, Starting};
use crate::digest::Digest;
use crate::{environment, paths};

/// The password of servers that hold nothing, listen on loopback and live for minutes.
const PASSWORD: &str = "only-for-these-tests";

/// The heap of the server of the tests, on which hundreds of indices are at once.
const MANY_INDICES: &str = "1g";

/// The claims and checks that need a server, besides those whose names start with its name.
const MEASURED_ON_IT: [&str; 6] = [
    "latencies",
    "one-source",
    "two-processes",
    "killed-process",
    "node-killed",
    "three-nodes",
];

/// Where servers come from.
#[derive(Debug)]
pub(crate) enum Source {
    /// The user names one, in `ELASTICSEARCH_URL`.
    Named(String),
    /// A container engine runs.
    Engine(Engine),
    /// An unpacked server runs by itself.
    Home(Box<Home>),
}

/// A server that was asked to start.
#[derive(Debug)]
pub(crate) enum Server {
    /// Somebody else's: it runs already, and goes on.
    Named(String),
    /// In a container; with the folder of its certificates when it has some.
    Container(Container, Option<TempDir>),
    /// By itself.
    Node(Box<Node>),
}

impl Source {
    /// The first of them that there is; the last is got when it is not there.
    pub(crate) fn find() -> Result<Self> {
        if let Some(url) = environment::elasticsearch_url() {
            return Ok(Self::Named(url));
        }
        if let Some(engine) = Engine::find() {
            return Ok(Self::Engine(engine));
        }
        Ok(Self::Home(Box::new(archive::home()?)))
    }

    /// A server without security and with nothing in it.
    pub(crate) fn plain(&self) -> Result<Server> {
        match self {
            Self::Named(url) => Ok(Server::Named(url.clone())),
            Self::Engine(engine) => {
                let launch = Launch {
                    volume: None,
                    security: None,
                };
                Ok(Server::Container(engine.start(&launch)?, None))
            }
            Self::Home(home) => {
                let options = Options {
                    heap: MANY_INDICES.to_owned(),
                    ..Options::default()
                };
                Server::node(home, &options)
            }
        }
    }

    /// A server with TLS and a password; none where the user names the server.
    pub(crate) fn secured(&self) -> Result<Option<Server>> {
        match self {
            Self::Named(_) => Ok(None),
            Self::Engine(engine) => {
                let certificates = tempfile::tempdir()?;
                container::write_certificates(certificates.path())?;
                let launch = Launch {
                    volume: None,
                    security: Some((PASSWORD, certificates.path())),
                };
                let container = engine.start(&launch)?;
                Ok(Some(Server::Container(container, Some(certificates))))
            }
            Self::Home(home) => {
                let options = Options {
                    password: Some(PASSWORD.to_owned()),
                    ..Options::default()
                };
                Server::node(home, &options).map(Some)
            }
        }
    }

    /// A server without security that keeps its data from one run to the next.
    pub(crate) fn kept(&self) -> Result<Server> {
        match self {
            Self::Named(url) => Ok(Server::Named(url.clone())),
            Self::Engine(engine) => {
                let launch = Launch {
                    volume: Some(&format!("inspired-elasticsearch-{}", clone_name())),
                    security: None,
                };
                Ok(Server::Container(engine.start(&launch)?, None))
            }
            Self::Home(home) => {
                let options = Options {
                    folder: Some(kept_folder()?),
                    compiler: Compiler::Full,
                    ..Options::default()
                };
                Server::node(home, &options)
            }
        }
    }
}

impl Server {
    fn node(home: &Home, options: &Options) -> Result<Self> {
        Ok(Self::Node(Box::new(Node::start(home, options)?)))
    }

    /// Where clients reach it.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Named(url) => url.clone(),
            Self::Container(container, _) => container.endpoint.url(),
            Self::Node(node) => node.url(),
        }
    }

    /// The certificate of the authority that its own is signed by, when it speaks TLS.
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

    /// Waits until everything that it keeps can be read and written.
    pub(crate) fn wait_until_ready(&mut self) -> Result<()> {
        match self {
            Self::Named(_) => Ok(()),
            Self::Container(container, _) => container.wait_until_ready(),
            Self::Node(node) => node.wait_until_ready(),
        }
    }

    /// Ends it in its own time; one that is only dropped is killed.
    pub(crate) fn stop(self) -> Result<()> {
        match self {
            Self::Named(_) => Ok(()),
            Self::Container(container, _) => container.stop(),
            Self::Node(mut node) => node.terminate(),
        }
    }
}

/// The flags with which a program that measures runs servers of its own; none, and a sentence, where
/// no server can be had: the embedded store can be measured without. Nothing is got for a run of only
/// what does without.
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

/// Whether something is measured on Elasticsearch: everything is when nothing is named.
fn needs_elasticsearch(arguments: &[String]) -> bool {
    let mut names = only(arguments).peekable();
    names.peek().is_none()
        || names.any(|name| name.starts_with("elasticsearch") || MEASURED_ON_IT.contains(&name))
}

/// What the arguments name with `--only`: all that follows it until the next flag.
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

/// `data/elasticsearch` in the clone. As root the server is another user, to whom `data` is closed; then
/// it is a folder of `/var/lib/inspired-elasticsearch` that is named after the clone.
fn kept_folder() -> Result<PathBuf> {
    if user::is_another() {
        return Ok(PathBuf::from("/var/lib/inspired-elasticsearch").join(clone_name()));
    }
    let data = paths::top().join("data");
    // The program wants its own data here to be closed to others.
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
