//! The options of a node.

use std::path::PathBuf;

/// The options of a node.
#[derive(Clone, Debug)]
pub struct NodeOptions {
    /// Its name in the cluster.
    pub name: String,
    /// The folder with its data; `None` for a temporary folder that is removed with the node.
    pub folder: Option<PathBuf>,
    /// The heap of its Java, in the syntax of Java.
    pub heap: String,
    /// The compiler of its Java.
    pub compiler: JitCompiler,
    /// The password of the user `elastic`, which enables security with TLS.
    pub password: Option<String>,
    /// Further lines of `elasticsearch.yml`.
    pub settings: Vec<String>,
}

impl Default for NodeOptions {
    fn default() -> Self {
        Self {
            name: "n0".to_owned(),
            folder: None,
            heap: "512m".to_owned(),
            compiler: JitCompiler::Quick,
            password: None,
            settings: Vec::new(),
        }
    }
}

/// The compiler of Java.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JitCompiler {
    /// The quick compiler: starts in half the time and stays slower; for tests.
    Quick,
    /// The compilers of production; for measurements.
    Full,
}
