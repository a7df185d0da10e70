//! Where things are kept.

use std::path::PathBuf;

use store::elasticsearch::Settings;

use super::{
    Wrong,
    elasticsearch::{self, ElasticsearchArgs},
};

/// What was asked for.
#[derive(Clone, Debug, clap::Args)]
pub struct StoreArgs {
    /// The folder of the embedded store; it is made when it is not there.
    #[arg(long, env = "INSPIRED_DATA", default_value = "./data")]
    data: PathBuf,
    #[command(flatten)]
    elasticsearch: ElasticsearchArgs,
}

/// What was asked for, and is possible.
#[derive(Clone, Debug)]
pub struct Store {
    /// The folder of the embedded store.
    pub data: PathBuf,
    /// The cluster that is used instead of the embedded store.
    pub elasticsearch: Option<Settings>,
    /// Whether a cluster that does not answer yet is waited for.
    pub wait: bool,
}

impl Store {
    /// Refuses what is impossible. With `insecure_http` a password may go to another machine without
    /// encryption.
    pub(super) fn new(args: StoreArgs, insecure_http: bool) -> Result<Self, Wrong> {
        let wait = args.elasticsearch.wait;
        let elasticsearch = elasticsearch::settings(args.elasticsearch, insecure_http)?;
        Ok(Self {
            data: args.data,
            elasticsearch,
            wait,
        })
    }
}
