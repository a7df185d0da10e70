//! How the program stops, and its requirements.

use std::{fs, net::TcpStream, process::Command};

use rustix::process::Signal;
use tempfile::TempDir;

use crate::support::{
    Caller, PASSWORD, Program,
    binary::{Serving, command},
    credentials,
    raw::Raw,
};

/// Half of a log-in was sent when the signal arrives. Its response proves that the server finishes open
/// requests.
#[tokio::test]
async fn on_sigterm_it_accepts_nothing_new_and_finishes_what_runs_and_says_so() {
    let folder = TempDir::new().unwrap();
    let mut server = Serving::over_folder(folder.path(), &[]).await;
    let program = Program::at(server.address);
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let body = credentials("ada@example.org", PASSWORD).to_string();
    let (first, rest) = body.split_at(10);
    let mut slow = Raw::connect(server.address).await;
    slow.say(format!(
        "POST /v1/auth/login HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{first}",
        server.address,
        body.len()
    ))
    .await;
    // Once a request on another connection is answered, the first one is certainly being read.
    program.test().await.is(401);
    server.signal(Signal::TERM);
    server.wait_for(|log| log.contains("stopping")).await;
    assert!(
        TcpStream::connect(server.address).is_err(),
        "it accepts new connections"
    );
    slow.say(rest).await;
    let answer = slow.read_to_end().await;
    assert_eq!(answer.status(), 200, "{}", answer.text());
    let (status, log) = server.end().await;
    assert!(status.success(), "{status}");
    assert!(
        log.contains("stopped: everything that ran has finished"),
        "{log}"
    );
}

#[tokio::test]
async fn sigint_stops_it_too() {
    let folder = TempDir::new().unwrap();
    let server = Serving::over_folder(folder.path(), &[]).await;
    Program::at(server.address).visit("/healthz").await.is(200);
    server.signal(Signal::INT);
    let (status, _) = server.end().await;
    assert!(status.success(), "{status}");
}

#[tokio::test]
async fn a_stopped_folder_can_be_served_again_at_once() {
    let folder = TempDir::new().unwrap();
    for number in 0..2 {
        let server = Serving::over_folder(folder.path(), &[]).await;
        let program = Program::at(server.address);
        program
            .new_user(&credentials(
                &format!("person{number}@example.org"),
                PASSWORD,
            ))
            .await
            .is(201);
        program
            .log_in("person0@example.org", PASSWORD)
            .await
            .is(200);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_copy_alone_in_an_empty_folder_serves_everything() {
    let folder = TempDir::new().unwrap();
    let copy = folder.path().join("inspired");
    fs::copy(env!("CARGO_BIN_EXE_inspired"), &copy).unwrap();
    let mut command = Command::new(&copy);
    command
        .env_clear()
        .current_dir(folder.path())
        .args(["--port", "0"]);
    let server = Serving::start(command).await;
    let program = Program::at(server.address);
    let html = program.visit("/login").await.is(200).page();
    let assets: Vec<_> = html
        .split('"')
        .filter(|part| part.starts_with("/assets/"))
        .collect();
    assert!(assets.len() >= 4, "{assets:?}");
    for path in assets {
        assert!(!program.visit(path).await.is(200).body.is_empty());
    }
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["data", "inspired"]);
}

#[tokio::test]
async fn limits_off_is_warned_of() {
    let folder = TempDir::new().unwrap();
    let mut command = command();
    command
        .args(["--port", "0", "--limits", "off", "--data"])
        .arg(folder.path());
    let (_, log) = Serving::start(command).await.stop().await;
    assert!(
        log.lines()
            .any(|line| line.contains("WARN") && line.contains("--limits off")),
        "{log}"
    );
}
