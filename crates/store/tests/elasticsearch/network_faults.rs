//! Network faults: a server that is unreachable, silent or slow.

use std::time::Duration;

use domain::{
    documents::{Collection, Consistency, Documents, FieldQuery, Revision, StoreError},
    migrations::BASELINE,
};
use store::elasticsearch::Elasticsearch;
use testbed::{
    TestIndices,
    proxy::{Fault, FaultProxy},
};

use crate::fixture::{
    ClusterFixture, TALES, TIMEOUT, assert_unavailable, eventually, settings, tale, timed,
    while_way,
};

/// A collection of documents so large that each has a response of its own.
static BOOKS: Collection = Collection {
    name: "books",
    indexed: &["author"],
    max_body_bytes: 4 * 1024 * 1024,
};

/// Maximum time of a call: the timeout of the store, and the delay of the machine.
const BOUND: Duration = Duration::from_secs(10);

/// Tolerance beyond the timeout of the store.
const MARGIN: Duration = Duration::from_secs(2);

async fn every_call_is_unavailable(fixture: &ClusterFixture) {
    let store = &fixture.store;
    let one = Revision::FIRST;
    in_time(store.get(&TALES, "a")).await;
    in_time(store.get_many(&TALES, &["a", "b"])).await;
    in_time(store.create(&TALES, "b", tale("2"))).await;
    in_time(store.replace(&TALES, "a", one, tale("2"))).await;
    in_time(store.remove(&TALES, "a", one)).await;
    in_time(store.ping()).await;
}

async fn in_time<T: std::fmt::Debug>(call: impl Future<Output = Result<T, StoreError>>) {
    let (answer, took) = timed(call).await;
    assert_unavailable(answer);
    assert!(took < TIMEOUT + MARGIN, "{took:?}");
}

#[tokio::test]
async fn a_server_that_is_gone_or_silent_is_unavailable_in_time_and_comes_back_by_itself() {
    let fixture = ClusterFixture::new().await;
    fixture.store.create(&TALES, "a", tale("1")).await.unwrap();
    for way in [Fault::Gone, Fault::Silent] {
        while_way(&fixture.proxy, way, every_call_is_unavailable(&fixture)).await;
        fixture.works_again().await;
    }
    assert!(fixture.store.get(&TALES, "a").await.unwrap().is_some());
}

#[tokio::test]
async fn a_server_that_never_answers_is_unavailable_in_time() {
    let fixture = ClusterFixture::new().await;
    fixture.store.create(&TALES, "a", tale("1")).await.unwrap();
    fixture.proxy.inject(Fault::Silent).await;
    let (read, took) = timed(fixture.store.get(&TALES, "a")).await;
    assert_unavailable(read);
    assert!(took >= TIMEOUT / 2 && took < BOUND, "{took:?}");
    // The node is given up then, and calls no longer wait for it.
    eventually("nobody waits any more", || async {
        let (read, took) = timed(fixture.store.get(&TALES, "a")).await;
        assert_unavailable(read);
        took < TIMEOUT / 4
    })
    .await;
    fixture.proxy.inject(Fault::NoFault).await;
    fixture.works_again().await;
}

#[tokio::test]
async fn a_slow_answer_is_waited_for_and_a_too_slow_one_is_not() {
    let fixture = ClusterFixture::new().await;
    fixture.store.create(&TALES, "a", tale("1")).await.unwrap();
    let slow = Fault::Slow(Duration::from_millis(5));
    let read = while_way(&fixture.proxy, slow, fixture.store.get(&TALES, "a")).await;
    assert!(read.unwrap().is_some());
    let too_slow = Fault::Slow(Duration::from_secs(1));
    let (read, took) = timed(while_way(
        &fixture.proxy,
        too_slow,
        fixture.store.get(&TALES, "a"),
    ))
    .await;
    assert_unavailable(read);
    assert!(took < BOUND, "{took:?}");
    fixture.works_again().await;
}

/// A list of large documents takes many requests, which together may take longer than one timeout.
#[tokio::test]
async fn each_request_of_a_list_has_the_time_of_a_call() {
    let indices = TestIndices::fresh(&testbed::required_server());
    let proxy = FaultProxy::to(indices.url()).await;
    let settings = settings(&indices, &[&proxy]);
    let store = Elasticsearch::connect_at(settings, &[&BOOKS], BASELINE)
        .await
        .unwrap();
    const COUNT: usize = 16;
    let ids: Vec<_> = (10..10 + COUNT).map(|number| number.to_string()).collect();
    for id in &ids {
        store.create(&BOOKS, id, tale("ada")).await.unwrap();
    }
    let listing = FieldQuery {
        field: "author",
        value: "ada",
        after: None,
        limit: 100,
        consistency: Consistency::Current,
    };
    let ids: Vec<_> = ids.iter().map(String::as_str).collect();
    // Half a second for a request.
    proxy.inject(Fault::Slow(Duration::from_millis(50))).await;
    let (listed, took) = timed(store.list(&BOOKS, listing)).await;
    assert_eq!(listed.unwrap().len(), COUNT);
    assert!(took > TIMEOUT, "this says nothing: {took:?}");
    let scanned = store.scan(&BOOKS, None, 100).await;
    assert_eq!(scanned.unwrap().len(), COUNT);
    let read = store.get_many(&BOOKS, &ids).await;
    assert!(read.unwrap().iter().all(Option::is_some));
}

#[tokio::test]
async fn what_cannot_be_done_now_is_tried_again_and_then_unavailable() {
    let fixture = ClusterFixture::new().await;
    for status in ["429 Too Many Requests", "503 Service Unavailable"] {
        let busy = Fault::answering(status, r#"{"error":{"type":"busy_exception"},"status":1}"#);
        fixture.proxy.take_requests();
        while_way(&fixture.proxy, busy.clone(), async {
            assert_unavailable(fixture.store.create(&TALES, status, tale("1")).await);
        })
        .await;
        assert!(fixture.proxy.take_requests().len() > 1, "it was tried once");
        let id = format!("{status} later");
        fixture.proxy.inject(busy).await;
        let (created, ()) = tokio::join!(fixture.store.create(&TALES, &id, tale("1")), async {
            eventually("it was asked", || async {
                !fixture.proxy.take_requests().is_empty()
            })
            .await;
            fixture.proxy.inject(Fault::NoFault).await;
        });
        assert!(created.is_ok(), "{created:?}");
    }
}

/// A partial response, one of another program, and an empty one.
#[tokio::test]
async fn what_is_no_answer_of_elasticsearch_is_never_taken_for_one() {
    let fixture = ClusterFixture::new().await;
    fixture.store.create(&TALES, "a", tale("1")).await.unwrap();
    let cut = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{\"docs\":[";
    for answer in [
        Fault::Answers(cut.to_owned()),
        Fault::answering("200 OK", "<html>It works!</html>"),
        Fault::answering("200 OK", "{}"),
        Fault::answering("200 OK", r#"{"docs":[],"items":[]}"#),
        Fault::answering("404 Not Found", r#"{"error":"no such place"}"#),
        Fault::answering("301 Moved Permanently", ""),
        Fault::answering(
            "403 Forbidden",
            r#"{"error":{"type":"security_exception"}}"#,
        ),
    ] {
        let text = format!("{answer:?}");
        fixture.proxy.inject(answer).await;
        let read = fixture.store.get(&TALES, "a").await;
        assert!(
            matches!(read, Err(StoreError::Unavailable(_))),
            "{text}: {read:?}"
        );
        let missing = fixture.store.get(&TALES, "none").await;
        assert!(
            matches!(missing, Err(StoreError::Unavailable(_))),
            "{text}: {missing:?}"
        );
        let written = fixture.store.create(&TALES, "b", tale("2")).await;
        assert!(
            matches!(written, Err(StoreError::Unavailable(_))),
            "{text}: {written:?}"
        );
    }
    fixture.proxy.inject(Fault::NoFault).await;
    fixture.works_again().await;
}

/// Calls must not send ever more requests to a failing cluster.
#[tokio::test]
async fn a_cluster_that_keeps_failing_gets_a_rest() {
    let fixture = ClusterFixture::new().await;
    let busy = Fault::answering(
        "503 Service Unavailable",
        r#"{"error":{"type":"no_exception"}}"#,
    );
    fixture.proxy.inject(busy).await;
    eventually("calls rest", || async {
        let why = assert_unavailable(fixture.store.get(&TALES, "a").await);
        why.contains("rests")
    })
    .await;
    fixture.proxy.inject(Fault::NoFault).await;
    fixture.works_again().await;
}
