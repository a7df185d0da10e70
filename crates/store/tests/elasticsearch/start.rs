//! Starts without a server, or with another program in its place.

use std::time::Duration;

use domain::migrations::BASELINE;
use store::elasticsearch::{ConnectError, Elasticsearch};
use testbed::{
    TestIndices,
    proxy::{Fault, FaultProxy},
};

use crate::fixture::{TALES, settings, timed};

async fn refusal(way: Fault) -> (ConnectError, Duration) {
    let indices = TestIndices::fresh(&testbed::required_server());
    let proxy = FaultProxy::to(indices.url()).await;
    proxy.inject(way).await;
    let settings = settings(&indices, &[&proxy]);
    let (connected, took) = timed(Elasticsearch::connect_at(settings, &[&TALES], BASELINE)).await;
    (connected.map(drop).unwrap_err(), took)
}

#[tokio::test]
async fn a_server_that_is_not_there_may_still_come() {
    let busy = Fault::answering(
        "503 Service Unavailable",
        r#"{"error":{"type":"master_exception"}}"#,
    );
    for way in [Fault::Gone, Fault::Silent, busy] {
        let text = format!("{way:?}");
        let (error, took) = refusal(way).await;
        assert!(
            matches!(error, ConnectError::Unreachable { .. }),
            "{text}: {error}"
        );
        assert!(error.may_pass());
        let sentence = error.to_string();
        assert!(sentence.contains("http://127.0.0.1:"), "{sentence}");
        assert!(!sentence.contains('\n'), "{sentence}");
        assert!(took < Duration::from_secs(10), "{text}: {took:?}");
    }
}

#[tokio::test]
async fn something_else_is_not_taken_for_elasticsearch() {
    let opensearch = r#"{"version":{"number":"9.0.0","distribution":"opensearch"}}"#;
    let old = r#"{"version":{"number":"7.17.0"}}"#;
    for body in ["<html>It works!</html>", "{}", opensearch, old] {
        let (error, _) = refusal(Fault::answering("200 OK", body)).await;
        assert!(
            matches!(error, ConnectError::NotElasticsearch { .. }),
            "{body}: {error}"
        );
        assert!(!error.may_pass());
    }
}
