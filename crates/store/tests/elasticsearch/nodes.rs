//! Several nodes, of which one fails.

use std::future::ready;

use domain::documents::Documents;
use domain::migrations::BASELINE;
use store::elasticsearch::{ClusterSettings, ConnectError, Elasticsearch};
use testbed::{
    TestIndices,
    proxy::{Fault, FaultProxy},
};

use crate::fixture::{PATIENCE, TALES, TIMEOUT, eventually, settings, tale, timed};

/// Two proxies to the same server, which stand for two nodes.
async fn two() -> (TestIndices, FaultProxy, FaultProxy) {
    let indices = TestIndices::fresh(&testbed::required_server());
    let (one, other) = (
        FaultProxy::to(indices.url()).await,
        FaultProxy::to(indices.url()).await,
    );
    (indices, one, other)
}

async fn connect(settings: ClusterSettings) -> Elasticsearch {
    Elasticsearch::connect_at(settings, &[&TALES], BASELINE)
        .await
        .unwrap()
}

#[tokio::test]
async fn with_one_of_two_nodes_gone_nothing_fails() {
    let (indices, one, other) = two().await;
    let store = connect(settings(&indices, &[&one, &other])).await;
    for (number, (gone, left)) in [(&one, &other), (&other, &one)].into_iter().enumerate() {
        gone.inject(Fault::Gone).await;
        for round in 0..50 {
            let id = format!("{number}-{round}");
            store.create(&TALES, &id, tale("1")).await.unwrap();
            assert!(store.get(&TALES, &id).await.unwrap().is_some());
        }
        gone.inject(Fault::NoFault).await;
        gone.take_requests();
        eventually("the node is used again", || async {
            store.get(&TALES, "a").await.unwrap();
            gone.take_requests()
                .iter()
                .any(|line| line.contains("_mget"))
        })
        .await;
        drop(left.take_requests());
    }
}

#[tokio::test]
async fn a_node_that_falls_silent_is_left_and_not_believed_at_once() {
    let (indices, one, other) = two().await;
    let store = connect(settings(&indices, &[&one, &other])).await;
    store.create(&TALES, "a", tale("1")).await.unwrap();
    one.inject(Fault::Silent).await;
    eventually("the silent node is left", || async {
        // Nodes are used in turn, so one quick response may be that of the other node.
        let mut are_quick = true;
        for _ in 0..4 {
            let (read, took) = timed(store.get(&TALES, "a")).await;
            assert!(
                read.unwrap().is_some(),
                "the other node could have answered"
            );
            are_quick &= took < TIMEOUT / 10;
        }
        are_quick
    })
    .await;
    one.inject(Fault::NoFault).await;
    one.take_requests();
    let ((), took) = timed(eventually("the node is used again", || async {
        store.get(&TALES, "a").await.unwrap();
        one.take_requests()
            .iter()
            .any(|line| line.contains("_mget"))
    }))
    .await;
    assert!(took.as_secs_f32() > 2.5, "it was believed after {took:?}");
    assert!(took < PATIENCE);
}

#[tokio::test]
async fn nodes_that_are_found_take_the_place_of_those_that_fail() {
    let (indices, one, other) = two().await;
    let settings = ClusterSettings {
        sniff: true,
        ..settings(&indices, &[&one, &other])
    };
    let store = connect(settings).await;
    one.inject(Fault::Gone).await;
    other.take_requests();
    eventually("the nodes are asked for", || async {
        store.get(&TALES, "a").await.unwrap();
        other
            .take_requests()
            .iter()
            .any(|line| line.contains("/_nodes/http"))
    })
    .await;
    // From now on the server itself is known, and no proxy is needed.
    eventually("the found node is used", || async {
        other.take_requests();
        store.get(&TALES, "a").await.unwrap();
        other.take_requests().is_empty()
    })
    .await;
    other.inject(Fault::Gone).await;
    store.create(&TALES, "a", tale("1")).await.unwrap();
    for _ in 0..20 {
        assert!(store.get(&TALES, "a").await.unwrap().is_some());
    }
}

/// The official client never sniffs again after one failure.
#[tokio::test]
async fn looking_for_nodes_that_failed_is_tried_again() {
    let (indices, one, other) = two().await;
    let settings = ClusterSettings {
        sniff: true,
        ..settings(&indices, &[&one, &other])
    };
    let store = connect(settings).await;
    // The first sniff must not reach a healthy node, or no further one would be needed.
    other.inject(Fault::answering("200 OK", "[]")).await;
    one.inject(Fault::Gone).await;
    eventually("looking for nodes fails", || async {
        drop(store.get(&TALES, "a").await);
        other
            .take_requests()
            .iter()
            .any(|line| line.contains("/_nodes/http"))
    })
    .await;
    other.inject(Fault::NoFault).await;
    eventually("they are looked for again", || async {
        drop(store.get(&TALES, "a").await);
        other
            .take_requests()
            .iter()
            .any(|line| line.contains("/_nodes/http"))
    })
    .await;
}

/// Half of all logins would fail.
#[tokio::test]
async fn nodes_of_two_clusters_are_not_taken_for_one() {
    let (indices, one, other) = two().await;
    let greeting = r#"{"cluster_uuid":"another","version":{"number":"9.4.3"}}"#;
    other.inject(Fault::answering("200 OK", greeting)).await;
    let two = settings(&indices, &[&one, &other]);
    let error = Elasticsearch::connect_at(two, &[&TALES], BASELINE)
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectError::TwoClusters(_)), "{error}");
    assert!(!error.may_pass());
}

/// A node that was set up again knows a master, but belongs to another cluster now.
#[tokio::test]
async fn a_node_that_comes_back_as_another_cluster_stays_given_up() {
    let (indices, one, other) = two().await;
    let store = connect(settings(&indices, &[&one, &other])).await;
    one.inject(Fault::Gone).await;
    // Nodes are used in turn, so one of these calls has reached it.
    for _ in 0..4 {
        store.get(&TALES, "a").await.unwrap();
    }
    let greeting = r#"{"cluster_uuid":"another","version":{"number":"9.4.3"}}"#;
    one.take_requests();
    one.inject(Fault::answering("200 OK", greeting)).await;
    let mut asked = Vec::new();
    eventually("it is asked who it is, more than once", || {
        asked.extend(one.take_requests());
        ready(asked.len() > 2)
    })
    .await;
    assert!(
        asked.iter().all(|line| line.starts_with("GET / ")),
        "{asked:?}"
    );
    for _ in 0..20 {
        assert!(store.get(&TALES, "a").await.unwrap().is_none());
    }
}
