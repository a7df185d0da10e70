//! The indices of one test.

use std::thread;

use store::elasticsearch::{ClusterSettings, IndexPrefix, NodeUrl};

/// Indices with a prefix that no other test uses.
#[derive(Debug)]
pub struct TestIndices {
    url: String,
    prefix: String,
}

impl TestIndices {
    /// A new prefix on a server; no indices exist yet.
    pub fn fresh(url: &str) -> Self {
        Self {
            url: url.trim_end_matches('/').to_owned(),
            prefix: format!("test-{:016x}", rand::random::<u64>()),
        }
    }

    /// The URL of the server.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The prefix of the names of the indices.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The settings with which a store uses these indices.
    pub fn settings(&self) -> ClusterSettings {
        ClusterSettings {
            prefix: IndexPrefix::parse(&self.prefix).unwrap(),
            ..ClusterSettings::new(vec![NodeUrl::parse(&self.url).unwrap().0])
        }
    }
}

impl TestIndices {
    /// The names of all indices, including hidden ones.
    pub async fn names(&self) -> Vec<String> {
        let list = format!(
            "{}/_cat/indices/{}-*?h=index&expand_wildcards=all",
            self.url, self.prefix
        );
        let answer = client().unwrap().get(list).send().await.unwrap();
        let names = answer.error_for_status().unwrap().text().await.unwrap();
        let mut names: Vec<_> = names.split_whitespace().map(str::to_owned).collect();
        names.sort_unstable();
        names
    }

    /// The stored JSON of all documents.
    pub(crate) async fn contents(&self) -> Vec<u8> {
        let (url, prefix) = (&self.url, &self.prefix);
        let client = client().unwrap();
        let refreshed = client.post(format!("{url}/{prefix}-*/_refresh")).send();
        refreshed.await.unwrap().error_for_status().unwrap();
        let all = format!("{url}/{prefix}-*/_search?size=10000");
        let answer = client.get(all).send().await.unwrap();
        answer
            .error_for_status()
            .unwrap()
            .bytes()
            .await
            .unwrap()
            .into()
    }
}

pub(crate) fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().no_proxy().build()
}

/// A node holds at most a thousand indices, so a test must remove its own, even if it fails.
impl Drop for TestIndices {
    fn drop(&mut self) {
        let (url, prefix) = (self.url.clone(), self.prefix.clone());
        // The runtime of the test may be ending, so this thread has its own.
        let removed = thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build().unwrap();
            runtime.block_on(async { remove(&client()?, &url, &prefix).await })
        });
        let removed = removed.join();
        if !thread::panicking() {
            removed.unwrap().unwrap();
        }
    }
}

/// Removes all indices whose names begin with the prefix.
///
/// They are listed first, because most clusters forbid deleting by a pattern.
pub(crate) async fn remove(
    client: &reqwest::Client,
    url: &str,
    prefix: &str,
) -> reqwest::Result<()> {
    let list = format!("{url}/_cat/indices/{prefix}-*?h=index&expand_wildcards=all");
    let names = client.get(list).send().await?.error_for_status()?;
    let names = names.text().await?;
    let names: Vec<&str> = names.split_whitespace().collect();
    if !names.is_empty() {
        // A late request of the server may remove an index while this runs.
        let names = names.join(",");
        let answer = client.delete(format!("{url}/{names}?ignore_unavailable=true"));
        answer.send().await?.error_for_status()?;
    }
    Ok(())
}
