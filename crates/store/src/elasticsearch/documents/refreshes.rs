//! Refreshes of indices: one at a time per index, shared by all callers that asked before it was
//! sent.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use elasticsearch::http::Method;
use serde::Deserialize;

use crate::elasticsearch::client::{call::NodeRequest, cluster::Cluster, failure::RequestFailure};

/// The refreshes of all indices.
#[derive(Debug, Default)]
pub(crate) struct Refreshes(Mutex<HashMap<Arc<str>, Arc<IndexRefresh>>>);

/// The refreshes of one index. Each caller takes a ticket; a refresh covers exactly the tickets
/// taken before it was sent.
#[derive(Debug, Default)]
pub(crate) struct IndexRefresh {
    asked: AtomicU64,
    covered: AtomicU64,
    turn: tokio::sync::Mutex<()>,
}

impl Refreshes {
    /// Refreshes an index, so that a search shows every write acknowledged before this call.
    pub(crate) async fn refresh(
        &self,
        cluster: &Arc<Cluster>,
        index: &Arc<str>,
    ) -> Result<(), RequestFailure> {
        self.of(index)
            .run(|| async {
                let call = NodeRequest::new(Method::Post, format!("/{index}/_refresh"));
                send(cluster, &call).await
            })
            .await
    }

    fn of(&self, index: &Arc<str>) -> Arc<IndexRefresh> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(index.clone()).or_default().clone()
    }
}

/// Sends a refresh, which must reach every copy.
pub(crate) async fn send(cluster: &Arc<Cluster>, call: &NodeRequest) -> Result<(), RequestFailure> {
    let done: RefreshResponse = cluster.send(call).await?.success()?;
    if done.shards.failed > 0 || done.shards.successful == 0 {
        return Err(RequestFailure::Busy(
            "a copy of an index was not refreshed".to_owned(),
        ));
    }
    Ok(())
}

impl IndexRefresh {
    /// Runs a refresh, or waits for one that was sent after this call.
    pub(crate) async fn run<F: Future<Output = Result<(), RequestFailure>>>(
        &self,
        refresh: impl FnOnce() -> F,
    ) -> Result<(), RequestFailure> {
        let ticket = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let _turn = self.turn.lock().await;
        if self.covered.load(Ordering::SeqCst) >= ticket {
            return Ok(());
        }
        let covers = self.asked.load(Ordering::SeqCst);
        refresh().await?;
        self.covered.store(covers, Ordering::SeqCst);
        Ok(())
    }
}

#[derive(Debug, Deserialize)]
struct RefreshResponse {
    #[serde(rename = "_shards")]
    shards: Shards,
}

#[derive(Debug, Deserialize)]
struct Shards {
    successful: u32,
    failed: u32,
}

#[cfg(test)]
mod tests {
    use tokio::sync::Semaphore;

    use super::*;

    /// Requests a refresh that waits at the gate; counts the refreshes sent.
    fn ask(
        refresh: &Arc<IndexRefresh>,
        sent: &Arc<AtomicU64>,
        gate: &Arc<Semaphore>,
    ) -> tokio::task::JoinHandle<Result<(), RequestFailure>> {
        let (refresh, sent, gate) = (refresh.clone(), sent.clone(), gate.clone());
        tokio::spawn(async move {
            let one = || async {
                sent.fetch_add(1, Ordering::SeqCst);
                gate.acquire().await.unwrap().forget();
                Ok(())
            };
            refresh.run(one).await
        })
    }

    #[tokio::test]
    async fn those_who_ask_during_a_refresh_share_the_next_one() {
        let (refresh, sent) = (Arc::default(), Arc::default());
        let gate = Arc::new(Semaphore::new(0));
        let first = ask(&refresh, &sent, &gate);
        while sent.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        let later: Vec<_> = (0..20).map(|_| ask(&refresh, &sent, &gate)).collect();
        while refresh.asked.load(Ordering::SeqCst) < 21 {
            tokio::task::yield_now().await;
        }
        gate.add_permits(2);
        first.await.unwrap().unwrap();
        for one in later {
            one.await.unwrap().unwrap();
        }
        assert_eq!(sent.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_refresh_that_failed_covers_nobody() {
        let refresh = IndexRefresh::default();
        let failed = refresh
            .run(|| async { Err(RequestFailure::Busy("no".to_owned())) })
            .await;
        assert!(failed.is_err());
        assert_eq!(refresh.covered.load(Ordering::SeqCst), 0);
    }
}
