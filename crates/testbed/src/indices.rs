//! Indices of one test.

use std::thread;

use store::elasticsearch::{NodeUrl, Prefix, Settings};

/// Indices with a prefix that no other test has.
#[derive(Debug)]
pub struct Indices {
    url: String,
    prefix: String,
}

impl Indices {
    /// A prefix on this server; there are no indices yet.
    pub fn fresh(url: &str) -> Self {
        Self {
            url: url.trim_end_matches('/').to_owned(),
            prefix: format!("test-{:016x}", rand::random::<u64>()),
        }
    }

    /// Where the server is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the names of the indices begin with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// How a store gets there.
    pub fn settings(&self) -> Settings {
        Settings {
            prefix: Prefix::parse(&self.prefix).unwrap(),
            ..Settings::new(vec![NodeUrl::parse(&self.url).unwrap().0])
        }
    }
}

impl Indices {
    /// The names of all indices, hidden ones too.
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

    /// All documents as they lie there, in JSON.
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

/// A node holds a thousand indices at most, so none may be left behind, not even by a claim that
/// does not hold.
impl Drop for Indices {
    fn drop(&mut self) {
        let (url, prefix) = (self.url.clone(), self.prefix.clone());
        // The runtime of the test may be ending, so this has one of its own.
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
/// Deleting by a pattern is forbidden in most clusters, and rightly so.
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
        // The last of what a server asked for may remove an index while this runs.
        let names = names.join(",");
        let answer = client.delete(format!("{url}/{names}?ignore_unavailable=true"));
        answer.send().await?.error_for_status()?;
    }
    Ok(())
}
