//! Options of the store.

use std::path::PathBuf;

use store::elasticsearch::ClusterSettings;

use super::{
    ConfigError,
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

/// The checked options.
#[derive(Clone, Debug)]
pub struct StoreConfig {
    /// The folder of the embedded store.
    pub data: PathBuf,
    /// The settings of Elasticsearch, if it replaces the embedded store.
    pub elasticsearch: Option<ClusterSettings>,
    /// Whether to wait at the start for a cluster that does not answer.
    pub wait: bool,
}

impl StoreConfig {
    /// Checks the options. With `insecure_http` credentials may be sent to another machine without TLS.
    pub(super) fn new(args: StoreArgs, insecure_http: bool) -> Result<Self, ConfigError> {
        let wait = args.elasticsearch.wait;
        let elasticsearch = elasticsearch::settings(args.elasticsearch, insecure_http)?;
        Ok(Self {
            data: args.data,
            elasticsearch,
            wait,
        })
    }
}
