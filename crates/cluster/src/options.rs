//! How a node is run.

use std::path::PathBuf;

/// How a node is run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Its name in its cluster.
    pub name: String,
    /// Where it keeps its data; without one, in a temporary folder that goes with the node.
    pub folder: Option<PathBuf>,
    /// The heap of its Java, as Java writes it.
    pub heap: String,
    /// How Java compiles.
    pub compiler: Compiler,
    /// Security with TLS, and this password for the user `elastic`.
    pub password: Option<String>,
    /// More lines for `elasticsearch.yml`.
    pub settings: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            name: "n0".to_owned(),
            folder: None,
            heap: "512m".to_owned(),
            compiler: Compiler::Quick,
            password: None,
            settings: Vec::new(),
        }
    }
}

/// How Java compiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compiler {
    /// Starts in half the time and stays slower: for tests.
    Quick,
    /// As it is in production: for measuring.
    Full,
}
