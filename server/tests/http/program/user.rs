//! `inspired user`, with and without a running server.

use std::{
    fs,
    io::{Read, Write},
    net::Shutdown,
    os::unix::{fs::MetadataExt, net::UnixStream},
    path::Path,
    process::Output,
    time::{Duration, Instant},
};

use reqwest::Method;
use rustix::process::Signal;
use serde_json::{Value, json};
use store::embedded::Embedded;
use tempfile::TempDir;
use testbed::TestStore;

use crate::support::{
    Caller, PASSWORD, Program,
    binary::{Serving, command, run},
    catalogue::{Catalogue, a_thing},
    credentials, eventually,
};

const ADDRESS: &str = "ada@example.org";

/// Every command that needs only an address.
const ALL: [&str; 7] = [
    "show", "disable", "enable", "delete", "sign-out", "promote", "demote",
];

fn user(place: &TestStore, what: &str, address: &str) -> Output {
    with(place, &[what, address])
}

fn with(place: &TestStore, args: &[&str]) -> Output {
    let mut command = command();
    command.envs(place.variables());
    command.arg("user").args(args).output().unwrap()
}

/// The output of `show`.
#[track_caller]
fn shown(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The single line of a success.
#[track_caller]
fn done(output: &Output) -> String {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{text} {errors}");
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

/// The single line of a refusal.
#[track_caller]
fn refused(output: &Output, status: i32) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(status), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with("inspired: "), "{text}");
    assert!(output.stdout.is_empty());
    text
}

/// The status of a review by the user of the user's own retailer.
async fn judges(place: &TestStore, name: &str) -> u16 {
    let server = Serving::over(place, &[]).await;
    let program = Program::at(server.address);
    let cookie = program.log_in(ADDRESS, PASSWORD).await.is(200).cookie();
    let ask = |method: Method, path: &str| {
        let call = program.call(method, path).cookie(&cookie);
        call.header("if-match", "*")
    };
    let artist = a_thing("artists", "", name);
    let artist = ask(Method::POST, "/v1/artists").json(&artist).send().await;
    let artist = artist.is(201).json();
    let shop = a_thing("retailers", artist["data"]["id"].as_str().unwrap(), name);
    let shop = ask(Method::POST, "/v1/retailers").json(&shop).send().await;
    let shop = shop.is(201).location().to_owned();
    program.read(&shop).await.is(401);
    let judged = ask(Method::PUT, &format!("{shop}/approval")).send().await;
    server.stop().await;
    judged.status
}

#[tokio::test]
async fn who_decides_about_retailers_is_said_by_the_operator() {
    let place = TestStore::fresh();
    let server = Serving::over(&place, &[]).await;
    let program = Program::at(server.address);
    program
        .new_user(&credentials(ADDRESS, PASSWORD))
        .await
        .is(201);
    server.stop().await;
    assert_eq!(judges(&place, "Before").await, 403);
    let line = done(&user(&place, "promote", ADDRESS));
    assert!(line.contains(ADDRESS), "{line}");
    assert_eq!(judges(&place, "Promoted").await, 200);
    // Any spelling of the address finds the account.
    let line = done(&user(&place, "demote", " Ada@EXAMPLE.org "));
    assert!(line.contains("any more"), "{line}");
    assert_eq!(judges(&place, "Demoted").await, 403);
}

#[test]
fn an_address_that_nobody_has_is_1_and_one_that_nobody_can_have_is_2() {
    let place = TestStore::fresh();
    for what in ALL {
        let line = refused(&user(&place, what, "eve@example.org"), 1);
        assert!(line.contains("eve@example.org"), "{line}");
    }
    for wrong in ["eve", "@", "eve@", "", "a@b@c\n"] {
        for what in ["show", "sign-out"] {
            refused(&user(&place, what, wrong), 2);
        }
    }
    refused(&user(&place, "crown", ADDRESS), 2);
    for what in ALL {
        refused(&run(&["user", what]), 2);
    }
    refused(&run(&["user", "sign-out", ADDRESS, "--all"]), 2);
    refused(&run(&["user", "disable", "--all"]), 2);
}

/// Two accounts, each with a session.
async fn two_people(program: &Program) -> (String, String) {
    let mut cookies = Vec::new();
    for address in [ADDRESS, "bob@example.org"] {
        let body = credentials(address, PASSWORD);
        program.new_user(&body).await.is(201);
        cookies.push(program.log_in(address, PASSWORD).await.is(200).cookie());
    }
    let bob = cookies.pop().unwrap();
    (cookies.pop().unwrap(), bob)
}

async fn status(program: &Program, cookie: &str) -> u16 {
    program.get("/v1/test").cookie(cookie).send().await.status
}

/// Waits until the session is refused, which takes at most a second.
async fn is_refused(program: &Program, cookie: &str) {
    let began = Instant::now();
    eventually("the session is refused", || async {
        status(program, cookie).await == 401
    })
    .await;
    let took = began.elapsed();
    assert!(took < Duration::from_secs(1), "{took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_disabled_and_enabled_beside_a_running_server() {
    let place = TestStore::fresh();
    let server = Serving::over(&place, &[]).await;
    let program = Program::at(server.address);
    let (ada, bob) = two_people(&program).await;
    let line = done(&user(&place, "disable", ADDRESS));
    assert!(
        line.contains(ADDRESS) && line.contains("disabled"),
        "{line}"
    );
    is_refused(&program, &ada).await;
    let wrong = program.log_in(ADDRESS, "not the password").await;
    let disabled = program.log_in(ADDRESS, PASSWORD).await;
    disabled.is_refusal(400, "bad_credentials");
    assert_eq!(disabled.fingerprint(), wrong.fingerprint());
    assert_eq!(status(&program, &bob).await, 200);
    let shown = shown(&user(&place, "show", ADDRESS));
    assert!(shown.contains("state      disabled"), "{shown}");
    done(&user(&place, "enable", ADDRESS));
    assert_eq!(
        status(&program, &ada).await,
        401,
        "a session that has ended stays so"
    );
    let again = program.log_in(ADDRESS, PASSWORD).await.is(200).cookie();
    assert_eq!(status(&program, &again).await, 200);
    let (_, log) = server.stop().await;
    if place.indices().is_none() {
        assert!(
            log.contains("account disabled") && log.contains("account enabled"),
            "{log}"
        );
    }
    assert!(!log.contains(ADDRESS), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_and_everybody_are_signed_out_beside_a_running_server() {
    let place = TestStore::fresh();
    let server = Serving::over(&place, &[]).await;
    let program = Program::at(server.address);
    let (ada, bob) = two_people(&program).await;
    let line = done(&user(&place, "sign-out", " ADA@example.org "));
    assert!(line.contains("have ended"), "{line}");
    is_refused(&program, &ada).await;
    assert_eq!(status(&program, &bob).await, 200);
    let ada = program.log_in(ADDRESS, PASSWORD).await.is(200).cookie();
    assert_eq!(status(&program, &ada).await, 200);
    let line = done(&user(&place, "sign-out", "--all"));
    assert!(line.contains("all accounts"), "{line}");
    is_refused(&program, &ada).await;
    is_refused(&program, &bob).await;
    let ada = program.log_in(ADDRESS, PASSWORD).await.is(200).cookie();
    assert_eq!(status(&program, &ada).await, 200);
    server.stop().await;
    // Ended sessions stay ended after a restart.
    let server = Serving::over(&place, &[]).await;
    let program = Program::at(server.address);
    assert_eq!(status(&program, &bob).await, 401);
    assert_eq!(status(&program, &ada).await, 200);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_account_has_published_stays_or_goes_as_the_operator_says() {
    let place = TestStore::fresh();
    let server = Serving::over(&place, &[]).await;
    let program = Program::at(server.address);
    let (ada, _) = two_people(&program).await;
    let artist = json!({ "name": "Ada Films", "status": "published" });
    let made = program.post("/v1/artists").cookie(&ada).json(&artist);
    let made = made.send().await.is(201).json();
    let page = format!("/artists/{}", made["data"]["slug"].as_str().unwrap());
    let is_there = async || program.get(&page).send().await.status;
    assert_eq!(is_there().await, 200);
    let line = refused(&user(&place, "delete", ADDRESS), 1);
    assert!(line.contains("--with-artists"), "{line}");
    assert_eq!(status(&program, &ada).await, 200);
    done(&user(&place, "disable", ADDRESS));
    is_refused(&program, &ada).await;
    assert_eq!(is_there().await, 200);
    let line = done(&with(&place, &["disable", ADDRESS, "--with-artists"]));
    assert!(line.contains("artists deleted: 1"), "{line}");
    let began = Instant::now();
    eventually("the page is gone", || async { is_there().await == 404 }).await;
    assert!(began.elapsed() < Duration::from_secs(1));
    let shown = shown(&user(&place, "show", ADDRESS));
    assert!(shown.contains("artists    0, deleted: 1"), "{shown}");
    let line = done(&user(&place, "delete", ADDRESS));
    assert!(line.contains("is deleted"), "{line}");
    refused(&user(&place, "show", ADDRESS), 1);
    // The address can be used again.
    let body = credentials(ADDRESS, PASSWORD);
    eventually("the address can be taken", || async {
        program.new_user(&body).await.status == 201
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn show_prints_the_account_its_sessions_and_no_secret() {
    let place = TestStore::fresh();
    let server = Serving::over(&place, &[]).await;
    let program = Program::at(server.address);
    let (ada, _) = two_people(&program).await;
    let id = program.get("/v1/test").cookie(&ada).send().await.json();
    let id = id["data"]["id"].as_str().unwrap().to_owned();
    program.log_in(ADDRESS, PASSWORD).await.is(200);
    let lines = shown(&user(&place, "show", ADDRESS));
    for expected in [
        &id,
        ADDRESS,
        "active",
        "sessions   2",
        "last used 20",
        "artists    0",
    ] {
        assert!(lines.contains(expected), "{expected}: {lines}");
    }
    let json = shown(&with(&place, &["show", ADDRESS, "--json"]));
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["id"], id.as_str());
    assert_eq!(json["state"], "active");
    assert_eq!(json["sessions"].as_array().unwrap().len(), 2);
    let mut members: Vec<_> = json
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    members.sort_unstable();
    let all = "artists created_at deleted_artists email_address id is_moderator sessions state";
    assert_eq!(members.join(" "), all);
    let secret = ada.split('=').nth(1).unwrap();
    assert!(
        !lines.contains("argon2") && !lines.contains(secret),
        "{lines}"
    );
    server.stop().await;
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

/// With the embedded store there is a socket; no other user can reach it, and the server removes it.
#[tokio::test]
async fn the_socket_is_private_and_a_stale_one_is_no_hindrance() {
    let folder = TempDir::new().unwrap();
    let (data, socket) = (
        folder.path().join("data"),
        folder.path().join("data/operator.sock"),
    );
    let show = || run(&["user", "show", ADDRESS, "--data", data.to_str().unwrap()]);
    let server = Serving::over_folder(&data, &[]).await;
    assert_eq!(mode(&socket), 0o600);
    assert_eq!(mode(&data), 0o700);
    refused(&show(), 1);
    server.stop().await;
    assert!(!socket.exists());
    let server = Serving::over_folder(&data, &[]).await;
    server.signal(Signal::KILL);
    server.end().await;
    assert!(socket.exists());
    let line = refused(&show(), 1);
    assert!(line.contains("no account"), "{line}");
    let server = Serving::over_folder(&data, &[]).await;
    assert_eq!(mode(&socket), 0o600);
    let line = refused(&show(), 1);
    assert!(line.contains("no account"), "{line}");
    server.stop().await;
    assert!(!socket.exists());
}

#[tokio::test]
async fn a_data_folder_with_a_long_path_is_reached_too() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("a-folder-with-a-long-name/".repeat(9));
    let server = Serving::over_folder(&data, &[]).await;
    let program = Program::at(server.address);
    let body = credentials(ADDRESS, PASSWORD);
    program.new_user(&body).await.is(201);
    let output = run(&["user", "disable", ADDRESS, "--data", data.to_str().unwrap()]);
    done(&output);
    program.log_in(ADDRESS, PASSWORD).await.is(400);
    server.stop().await;
}

/// The server checks the format and version of a message before it executes anything.
#[tokio::test]
async fn a_message_that_is_none_or_of_another_version_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let server = Serving::over_folder(folder.path(), &[]).await;
    let program = Program::at(server.address);
    let (ada, _) = two_people(&program).await;
    let say = |text: &str| {
        let mut stream = UnixStream::connect(folder.path().join("operator.sock")).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let command = r#"{"command":"disable","email_address":"ada@example.org","artists":"kept"}"#;
    for version in [0, 2, 99] {
        let answer = say(&format!(r#"{{"version":{version},"message":{command}}}"#));
        assert!(answer.contains("of another version"), "{answer}");
    }
    for text in ["", "disable ada@example.org", command, "{}", "[[[["] {
        let answer = say(text);
        assert!(answer.contains("did not understand"), "{answer}");
    }
    assert_eq!(status(&program, &ada).await, 200);
    let answer = say(&format!(r#"{{"version":1,"message":{command}}}"#));
    assert!(answer.contains(r#""result":"done""#), "{answer}");
    assert_eq!(status(&program, &ada).await, 401);
    server.stop().await;
}

#[tokio::test]
async fn a_folder_that_a_process_without_a_socket_has_is_said_to_be_in_use() {
    let folder = TempDir::new().unwrap();
    let _held = Embedded::open(folder.path()).unwrap();
    let data = folder.path().to_str().unwrap();
    let line = refused(&run(&["user", "promote", ADDRESS, "--data", data]), 1);
    assert!(
        line.contains("is in use by") && line.contains(data),
        "{line}"
    );
}
