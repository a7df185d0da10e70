//! Where things are kept.

use std::path::PathBuf;

/// Where things are kept.
#[derive(Clone, Debug, clap::Args)]
pub struct Store {
    /// The folder of the embedded store; it is made when it is not there.
    #[arg(long, env = "INSPIRED_DATA", default_value = "./data")]
    pub data: PathBuf,
}
