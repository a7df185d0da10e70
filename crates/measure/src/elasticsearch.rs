//! An Elasticsearch for measurements, and the requests that it counts.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::{Context as _, Result, ensure};
use cluster::{Installation, JitCompiler, NodeOptions, NodeProcess};
use serde_json::{Value, json};
use tokio::{runtime::Builder, time::timeout};

use crate::{calls, client::Client, people::TestAccount};

/// Maximum time of a response; an unhealthy node responds late.
const PATIENCE: Duration = Duration::from_secs(20);

/// The location of the server.
#[derive(Clone, Debug, clap::Args)]
pub struct ElasticsearchArgs {
    /// An unpacked Elasticsearch; without one, what is measured on it is left out.
    #[arg(long, value_name = "PATH", requires = "java_home")]
    elasticsearch_home: Option<PathBuf>,
    /// The Java that runs it.
    #[arg(long, value_name = "PATH", requires = "elasticsearch_home")]
    java_home: Option<PathBuf>,
}

/// The store that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// The embedded store, which is always available.
    Embedded,
    /// Elasticsearch, which may be unavailable.
    Elasticsearch,
}

impl Store {
    /// Why nothing can be measured on this store here; `None` if it can.
    pub fn absence(self, home: Option<&Installation>) -> Option<&'static str> {
        let is_here = self == Self::Embedded || home.is_some();
        (!is_here).then_some("it needs --elasticsearch-home and --java-home")
    }
}

impl ElasticsearchArgs {
    /// The server, if one was given.
    ///
    /// # Errors
    /// If it does not exist at the given path.
    pub fn home(&self) -> Result<Option<Installation>> {
        let paths = self
            .elasticsearch_home
            .as_ref()
            .zip(self.java_home.as_ref());
        paths
            .map(|(server, java)| Installation::new(server, java))
            .transpose()
    }
}

/// Starts a node and waits until it is ready.
///
/// # Errors
/// If it does not become ready.
pub fn start(home: &Installation, compiler: JitCompiler) -> Result<NodeProcess> {
    let options = NodeOptions {
        compiler,
        ..NodeOptions::default()
    };
    let mut node = NodeProcess::start(home, &options)?;
    node.wait_until_ready()?;
    Ok(node)
}

/// Sends a GET request to the node with this URL, which must use plain HTTP; returns the JSON.
///
/// # Errors
/// If it does not respond, or not with a success.
pub fn ask(url: &str, path: &str) -> Result<Value> {
    let address = address(url)?;
    // There are no other tasks here, so blocking this thread is harmless.
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let answer = runtime.block_on(async {
        let mut client = Client::open(address).await?;
        let answer = timeout(PATIENCE, client.expect_success(calls::get(path, None)));
        answer.await.context("no answer")?
    });
    let answer = answer.with_context(|| format!("Elasticsearch at {url}"))?;
    serde_json::from_slice(&answer.body).context("the answer of Elasticsearch is not JSON")
}

/// Disables an account, which no request to our server does. The indices must have their default
/// names.
///
/// # Errors
/// If there is no such account.
pub async fn disable(url: &str, person: &TestAccount) -> Result<()> {
    let mut client = Client::open(address(url)?).await?;
    let refresh = calls::get("/inspired-accounts-*/_refresh", None);
    client.expect_success(refresh).await?;
    let script = "if (ctx._source.body.email_address == params.address) {
        ctx._source.body.is_active = false; ctx._source.revision++
    } else { ctx.op = 'noop' }";
    let change = json!({
        "script": { "source": script, "params": { "address": person.address } },
    });
    let change = calls::post("/inspired-accounts-*/_update_by_query", &change, None);
    let answer = client.expect_success(change).await?.json();
    ensure!(answer["updated"] == 1, "no account to disable: {answer}");
    Ok(())
}

fn address(url: &str) -> Result<SocketAddr> {
    let address = url.strip_prefix("http://").unwrap_or(url).parse();
    address.with_context(|| format!("{url} is not where a node of ours is"))
}

/// Number of requests that the node has answered, from its own count by route, without those for
/// this number.
///
/// # Errors
/// If it does not respond.
pub fn requests(node: &NodeProcess) -> Result<u64> {
    let stats = ask(&node.url(), "/_nodes/_local/stats/http")?;
    count(&stats).context("Elasticsearch does not count requests by route")
}

fn count(stats: &Value) -> Option<u64> {
    let node = stats["nodes"].as_object()?.values().next()?;
    let routes = node["http"]["routes"].as_object()?;
    let counted = routes
        .iter()
        .filter(|(route, _)| !route.starts_with("/_nodes"));
    counted
        .map(|(_, route)| route["requests"]["count"].as_u64())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_requests_of_all_routes_are_summed_but_those_that_ask() {
        let stats = json!({ "nodes": { "a": { "http": { "routes": {
            "/_mget": { "requests": { "count": 3 } },
            "/_bulk": { "requests": { "count": 4 } },
            "/_nodes/{nodeId}/stats/{metric}": { "requests": { "count": 9 } },
        }}}}});
        assert_eq!(count(&stats), Some(7));
        assert_eq!(count(&json!({})), None);
    }

    #[test]
    fn only_elasticsearch_can_be_absent() {
        assert!(Store::Embedded.absence(None).is_none());
        assert!(Store::Elasticsearch.absence(None).is_some());
    }
}
