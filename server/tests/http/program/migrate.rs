//! `inspired migrate`, and how `serve` handles a store of another data version.
//!
//! A store before all migrations has data version 0, so every program has an older version to migrate
//! from.

use std::process::Output;

use domain::migrations::latest;
use serde_json::json;
use testbed::TestStore;

use crate::support::{
    Caller, Program,
    binary::{Serving, command},
};

/// Runs the program on this store until it ends.
async fn run(place: &TestStore, args: &[&str]) -> Output {
    let mut program = command();
    program.envs(place.variables()).args(args);
    let ended = tokio::task::spawn(async move { program.output().unwrap() });
    ended.await.unwrap()
}

#[track_caller]
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{text} {errors}");
    text
}

/// The single line of a refusal.
#[track_caller]
fn refused(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines: Vec<_> = text
        .lines()
        .filter(|line| !line.contains(" INFO "))
        .collect();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert_eq!(lines.len(), 1, "{text}");
    assert!(lines[0].starts_with("inspired: "), "{text}");
    lines[0].to_owned()
}

/// A store at this data version with one document.
async fn filled(version: u32) -> TestStore {
    let place = TestStore::fresh();
    let collections = domain::collections();
    let store = place.open_at(&collections, version).await.unwrap();
    let rosters = collections
        .iter()
        .find(|one| one.name == "rosters")
        .unwrap();
    let body = json!({ "sessions": [] });
    store.create(rosters, "acc_1", body).await.unwrap();
    place
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_is_told_and_nothing_is_changed() {
    let place = filled(0).await;
    for _ in 0..2 {
        let plan = said(&run(&place, &["migrate", "--plan"]).await);
        let needed = format!("data version 0; this program needs {}", latest());
        assert!(plan.contains(&needed), "{plan}");
        assert!(plan.contains("1 what stores had before"), "{plan}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_done_once_and_then_served() {
    let place = filled(0).await;
    let done = said(&run(&place, &["migrate"]).await);
    let outcome = format!("done: from data version 0 to {}", latest());
    assert!(
        done.contains(&outcome) && done.lines().count() > 1,
        "{done}"
    );
    for args in [&["migrate"][..], &["migrate", "--plan"]] {
        let again = said(&run(&place, args).await);
        let nothing = format!("data version {}; nothing to do", latest());
        assert!(again.contains(&nothing), "{again}");
    }
    let doctor = run(&place, &["doctor", "--port", "0"]).await;
    let found = said(&doctor);
    assert!(
        found.contains(&format!("data version {}", latest())),
        "{found}"
    );
    let server = Serving::over(&place, &[]).await;
    Program::at(server.address).visit("/readyz").await.is(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_is_kept_there_is_nothing_to_do() {
    let place = TestStore::fresh();
    for args in [&["migrate"][..], &["migrate", "--plan"]] {
        let text = said(&run(&place, args).await);
        assert!(text.contains("nothing is kept yet"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn serve_migrates_what_is_its_own_or_empty() {
    let empty = TestStore::fresh();
    drop(empty.open_at(&domain::collections(), 0).await.unwrap());
    let mut places = vec![empty];
    if places[0].indices().is_none() {
        places.push(filled(0).await);
    }
    for place in places {
        let server = Serving::over(&place, &[]).await;
        Program::at(server.address).visit("/readyz").await.is(200);
        let (_, log) = server.stop().await;
        assert!(log.contains("migrating"), "{log}");
    }
}

/// Other processes may be using a cluster, so the operator decides when it is migrated.
#[tokio::test(flavor = "multi_thread")]
async fn serve_refuses_a_cluster_with_documents_of_before_and_names_the_command() {
    let place = filled(0).await;
    if place.indices().is_none() {
        return;
    }
    let line = refused(&run(&place, &["serve", "--port", "0"]).await);
    assert!(line.contains("`inspired migrate`"), "{line}");
    let doctor = run(&place, &["doctor", "--port", "0"]).await;
    assert_eq!(doctor.status.code(), Some(1));
    let found = String::from_utf8_lossy(&doctor.stdout).into_owned();
    assert!(found.contains("`inspired migrate`"), "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_newer_program_has_migrated_is_refused_and_left_alone() {
    let newer = latest() + 7;
    let place = filled(newer).await;
    for args in [
        &["serve", "--port", "0"][..],
        &["migrate"],
        &["migrate", "--plan"],
    ] {
        let line = refused(&run(&place, args).await);
        let both = format!(
            "is at data version {newer} and this program knows {}",
            latest()
        );
        assert!(line.contains(&both), "{line}");
    }
    assert!(place.open_at(&domain::collections(), newer).await.is_ok());
}
