//! Who answers: Elasticsearch, or something else.

use std::sync::Arc;

use elasticsearch::http::Method;
use serde::Deserialize;

use super::{call::Call, cluster::Cluster, connect_error::ConnectError, indices};

/// Asks who it is.
pub(super) async fn greet(cluster: &Arc<Cluster>) -> Result<String, ConnectError> {
    let nodes = indices::nodes(cluster);
    let told = async {
        let answer = cluster.send(&Call::new(Method::Get, "/")).await?;
        answer.require_success()?;
        Ok(answer.body)
    };
    let told = told
        .await
        .map_err(|failure| ConnectError::of(&failure, &nodes))?;
    let found = match serde_json::from_slice::<Greeting>(&told) {
        Ok(Greeting { version }) if version.is_known() => return Ok(version.number),
        Ok(Greeting { version }) => format!(
            "it is {} {}",
            version.distribution.as_deref().unwrap_or("Elasticsearch"),
            version.number
        ),
        Err(_) => "it does not say what it is".to_owned(),
    };
    Err(ConnectError::NotElasticsearch { nodes, found })
}

#[derive(Debug, Deserialize)]
struct Greeting {
    version: Version,
}

#[derive(Debug, Deserialize)]
struct Version {
    number: String,
    distribution: Option<String>,
}

impl Version {
    fn is_known(&self) -> bool {
        let major = self.number.split('.').next().unwrap_or_default();
        self.distribution.is_none() && ["8", "9"].contains(&major)
    }
}
