//! Credentials for the cluster: where they may come from, and where they must not appear.

use std::fs;

use tempfile::TempDir;
use testbed::required_secured_server;

use crate::support::{
    Caller, PASSWORD, Program,
    binary::{Serving, command},
    credentials,
};

fn prefix() -> String {
    format!("test-{:016x}", rand::random::<u64>())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_from_a_file_opens_a_server_with_tls_and_is_never_said() {
    let server = required_secured_server();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("password");
    fs::write(&file, format!("{}\n", server.password)).unwrap();
    let prefix = prefix();
    let mut program = command();
    program
        .args(["serve", "--port", "0", "--log", "trace"])
        .env("INSPIRED_ELASTICSEARCH", &server.url)
        .env("INSPIRED_ELASTICSEARCH_USER", "elastic")
        .env("INSPIRED_ELASTICSEARCH_PASSWORD_FILE", &file)
        .env("INSPIRED_ELASTICSEARCH_CA", &server.certificate_authority)
        .env("INSPIRED_ELASTICSEARCH_PREFIX", &prefix);
    let serving = Serving::start(program).await;
    let people = Program::at(serving.address);
    people
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let answer = people.log_in("ada@example.org", PASSWORD).await.is(200);
    let cookie = answer.cookie();
    people.get("/v1/test").cookie(&cookie).send().await.is(200);
    let (status, log) = serving.stop().await;
    assert!(status.success());
    for secret in [
        &server.password,
        PASSWORD,
        cookie.split_once('=').unwrap().1,
    ] {
        assert!(!log.contains(secret), "the log holds a secret");
    }
    server.remove(&prefix).await;
}

#[test]
fn a_wrong_password_ends_the_start_with_one_line_that_does_not_hold_it() {
    let server = required_secured_server();
    let url = server
        .url
        .replace("https://", "https://elastic:wrong-secret@");
    let mut program = command();
    program
        .args(["serve", "--port", "0", "--wait"])
        .env("INSPIRED_ELASTICSEARCH", url)
        .env("INSPIRED_ELASTICSEARCH_CA", &server.certificate_authority);
    let output = program.output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains("does not know us"), "{text}");
    assert!(!text.contains("wrong-secret"), "{text}");
}

#[test]
fn a_certificate_that_is_not_trusted_ends_the_start_with_one_line() {
    let server = required_secured_server();
    let mut program = command();
    program
        .args(["serve", "--port", "0", "--wait"])
        .env("INSPIRED_ELASTICSEARCH", &server.url);
    let output = program.output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains("--elasticsearch-ca"), "{text}");
}

/// Every user of the machine can read the flags of a process.
#[test]
fn a_password_in_a_flag_is_wrong_use_and_is_not_repeated() {
    let url = "http://ada:wrong-secret@127.0.0.1:9";
    let output = command()
        .args(["serve", "--elasticsearch", url])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("INSPIRED_ELASTICSEARCH_PASSWORD"), "{text}");
    assert!(!text.contains("wrong-secret"), "{text}");
}

#[test]
fn a_secret_from_two_places_is_wrong_use() {
    let output = command()
        .args(["serve", "--elasticsearch", "http://127.0.0.1:9"])
        .env("INSPIRED_ELASTICSEARCH_API_KEY", "wrong-secret")
        .env("INSPIRED_ELASTICSEARCH_API_KEY_FILE", "/some/file")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(
        text.contains("INSPIRED_ELASTICSEARCH_API_KEY_FILE"),
        "{text}"
    );
    assert!(!text.contains("wrong-secret"), "{text}");
}

/// The help shows the values of variables, except of these.
#[test]
fn the_help_shows_no_secret() {
    let output = command()
        .args(["serve", "--help"])
        .env(
            "INSPIRED_ELASTICSEARCH",
            "http://ada:wrong-secret@127.0.0.1:9",
        )
        .env("INSPIRED_ELASTICSEARCH_PASSWORD", "wrong-secret")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("--elasticsearch-ca"), "{text}");
    assert!(!text.contains("wrong-secret"), "{text}");
}
