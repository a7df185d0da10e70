//! Start: a single line and status 1, or waiting.

use std::{future::ready, process::Output};

use serde_json::json;
use testbed::{TestIndices, TestStore, proxy::Fault};

use crate::{
    by, place_and_way,
    support::{
        Caller, PASSWORD, Program,
        binary::{Serving, command},
        credentials, eventually,
    },
};

/// Runs the program with these variables until it ends; returns the single line that it prints.
async fn refusal(variables: Vec<(&'static str, String)>, flags: &[&str]) -> String {
    let mut program = command();
    program
        .envs(variables)
        .args(["serve", "--port", "0", "--elasticsearch-timeout", "1s"]);
    program.args(flags);
    let output: Output = tokio::task::spawn(async move { program.output().unwrap() })
        .await
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    let said: Vec<_> = text
        .lines()
        .filter(|line| !line.contains(" INFO "))
        .collect();
    assert_eq!(said.len(), 1, "{text}");
    assert!(said[0].starts_with("inspired: "), "{text}");
    assert!(
        !text.contains("panicked") && !text.contains("Error {"),
        "{text}"
    );
    said[0].to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_is_gone() {
    let (place, proxy) = place_and_way().await;
    for way in [Fault::Gone, Fault::Silent] {
        proxy.inject(way).await;
        let line = refusal(by(&proxy, &place), &[]).await;
        assert!(line.contains(&proxy.url()), "{line}");
        assert!(line.contains("--wait"), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_is_waited_for() {
    let (place, proxy) = place_and_way().await;
    let not_ready = r#"{"error":{"type":"master_not_discovered_exception"}}"#;
    proxy
        .inject(Fault::answering("503 Service Unavailable", not_ready))
        .await;
    let mut program = command();
    program
        .envs(by(&proxy, &place))
        .args(["serve", "--port", "0", "--wait"]);
    let starting = tokio::spawn(Serving::start(program));
    // One attempt sends at most three requests, so the fourth belongs to the second attempt.
    let mut asked = 0;
    eventually("it comes back", || {
        asked += proxy.take_requests().len();
        ready(asked > 3)
    })
    .await;
    proxy.inject(Fault::NoFault).await;
    let server = starting.await.unwrap();
    let ada = credentials("ada@example.org", PASSWORD);
    Program::at(server.address).new_user(&ada).await.is(201);
    let (status, log) = server.stop().await;
    assert!(status.success());
    assert!(log.contains("waiting for the store"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_index_a_newer_one_and_a_mapping_that_was_changed() {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for (body, word) in [
        (json!({}), "something else"),
        (
            json!({ "mappings": { "_meta": { "inspired": { "schema": 7 } } } }),
            "version 7",
        ),
        (
            json!({ "mappings": { "_meta": { "inspired": { "schema": 1 } } } }),
            "mapping",
        ),
    ] {
        let place = TestStore::fresh();
        let indices: &TestIndices = place.indices().unwrap();
        let mut body = body;
        body["aliases"] = json!({ format!("{}-accounts", indices.prefix()): {} });
        let index = format!("{}/{}-accounts-9", indices.url(), indices.prefix());
        let made = client.put(index).json(&body).send().await.unwrap();
        assert!(made.status().is_success());
        let line = refusal(place.variables(), &["--wait"]).await;
        assert!(line.contains(word), "{line}");
        assert!(line.contains("accounts-9"), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_looks_and_changes_nothing() {
    let (place, proxy) = place_and_way().await;
    let doctor = || {
        let mut program = command();
        program
            .envs(by(&proxy, &place))
            .args(["doctor", "--port", "0"]);
        program.args(["--elasticsearch-timeout", "1s"]);
        program.output().unwrap()
    };
    let fresh = doctor();
    let text = String::from_utf8(fresh.stdout).unwrap();
    assert!(fresh.status.success(), "{text}");
    assert!(
        text.contains("serve makes the indices for claims"),
        "{text}"
    );
    let again = String::from_utf8(doctor().stdout).unwrap();
    assert!(
        again.contains("serve makes the indices for claims"),
        "{again}"
    );
    let server = Serving::over(&place, &[]).await;
    let whole = String::from_utf8(doctor().stdout).unwrap();
    assert!(whole.contains("its indices are whole"), "{whole}");
    drop(server);
    proxy.inject(Fault::Gone).await;
    let gone = doctor();
    let text = String::from_utf8(gone.stdout).unwrap();
    assert_eq!(gone.status.code(), Some(1), "{text}");
    assert!(text.contains("FAIL  elasticsearch"), "{text}");
}
