//! A store behind a fault-injecting proxy, and direct requests to the server.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use domain::documents::{Collection, Documents, StoreError};
use domain::migrations::BASELINE;
use serde_json::{Value, json};
use store::elasticsearch::{ClusterSettings, Elasticsearch, NodeUrl};
use testbed::{
    TestIndices,
    proxy::{Fault, FaultProxy},
};

pub(crate) static TALES: Collection = Collection {
    name: "tales",
    indexed: &["author"],
    max_body_bytes: 4 * 1024,
};

pub(crate) static NOTES: Collection = Collection {
    name: "notes",
    indexed: &[],
    max_body_bytes: 4 * 1024,
};

/// Maximum time that an awaited event may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// Timeout of the store in these tests.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(2);

/// A store behind its own proxy.
pub(crate) struct ClusterFixture {
    pub(crate) store: Elasticsearch,
    pub(crate) proxy: FaultProxy,
    pub(crate) indices: TestIndices,
}

impl ClusterFixture {
    pub(crate) async fn new() -> Self {
        let indices = TestIndices::fresh(&testbed::required_server());
        let proxy = FaultProxy::to(indices.url()).await;
        let settings = settings(&indices, &[&proxy]);
        Self {
            store: Elasticsearch::connect_at(settings, &[&TALES, &NOTES], BASELINE)
                .await
                .unwrap(),
            proxy,
            indices,
        }
    }

    /// Asserts that the store works, or works again.
    pub(crate) async fn works_again(&self) {
        let id = format!("after-{:x}", rand::random::<u32>());
        eventually("the store works", || async {
            let created = self.store.create(&TALES, &id, tale("after")).await;
            matches!(created, Ok(_) | Err(StoreError::Exists))
        })
        .await;
        // A readiness result is reused for a moment.
        eventually("the store is ready", || async {
            self.store.ping().await.is_ok()
        })
        .await;
    }

    /// Changes the settings of the index without the store.
    pub(crate) async fn set(&self, settings: Value) {
        let path = format!("{}-tales/_settings", self.indices.prefix());
        put(self.indices.url(), &path, &settings).await;
    }
}

/// The settings of a store that connects through these proxies.
pub(crate) fn settings(indices: &TestIndices, ways: &[&FaultProxy]) -> ClusterSettings {
    ClusterSettings {
        nodes: ways.iter().map(|way| node(&way.url())).collect(),
        timeout: TIMEOUT,
        ..indices.settings()
    }
}

pub(crate) fn node(url: &str) -> NodeUrl {
    NodeUrl::parse(url).unwrap().0
}

pub(crate) fn tale(author: &str) -> Value {
    json!({ "author": author })
}

/// Injects a fault while `deed` runs, and removes it afterwards.
pub(crate) async fn while_way<T>(
    proxy: &FaultProxy,
    way: Fault,
    deed: impl Future<Output = T>,
) -> T {
    proxy.inject(way).await;
    let done = deed.await;
    proxy.inject(Fault::NoFault).await;
    done
}

/// Asserts that the result is `Unavailable`, and returns its text.
#[track_caller]
pub(crate) fn assert_unavailable<T: std::fmt::Debug>(answer: Result<T, StoreError>) -> String {
    match answer {
        Err(StoreError::Unavailable(why)) => why,
        other => panic!("{other:?} instead of unavailable"),
    }
}

pub(crate) async fn timed<T>(deed: impl Future<Output = T>) -> (T, Duration) {
    let began = Instant::now();
    (deed.await, began.elapsed())
}

pub(crate) async fn eventually<F: Future<Output = bool>>(what: &str, mut is_so: impl FnMut() -> F) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < PATIENCE, "waited in vain: {what}");
        tokio::task::yield_now().await;
    }
}

/// Sends a change directly to the server.
pub(crate) async fn put(url: &str, path: &str, body: &Value) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client
        .put(format!("{url}/{path}"))
        .json(body)
        .send()
        .await
        .unwrap();
    let status = answer.status();
    assert!(
        status.is_success(),
        "{path}: {}",
        answer.text().await.unwrap()
    );
}

pub(crate) async fn get(url: &str, path: &str) -> Value {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.get(format!("{url}/{path}")).send().await.unwrap();
    answer.error_for_status().unwrap().json().await.unwrap()
}

pub(crate) async fn post(url: &str, path: &str) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.post(format!("{url}/{path}")).send().await.unwrap();
    assert!(answer.status().is_success());
}

pub(crate) async fn delete(url: &str, path: &str) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.delete(format!("{url}/{path}")).send().await.unwrap();
    assert!(answer.status().is_success());
}

/// True if the server has an index of this name.
pub(crate) async fn exists(url: &str, index: &str) -> bool {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.head(format!("{url}/{index}")).send().await.unwrap();
    answer.status().is_success()
}

pub(crate) fn shared(store: Elasticsearch) -> Arc<dyn Documents> {
    Arc::new(store)
}
