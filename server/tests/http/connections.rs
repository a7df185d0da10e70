//! Limits of connections, and which connections are closed to make room.

use std::process::Command;

use server::capacity::Capacity;
use testbed::TestStore;

use crate::support::{
    Caller, Options, PASSWORD, Program, TestApp,
    binary::{Serving, command},
    credentials, eventually,
    raw::{Raw, exchange},
};

const ALL: usize = 8;
const SHARE: usize = 4;

async fn small() -> TestApp {
    let capacity = Capacity {
        connections: ALL,
        connections_per_source: SHARE,
        ..Capacity::default()
    };
    Options::default().capacity(capacity).start().await
}

/// Connections of one source without a request.
async fn silent(app: &TestApp, last: u8, count: usize) -> Vec<Raw> {
    let mut opened = Vec::new();
    for _ in 0..count {
        opened.push(Raw::connect_from([127, 0, 0, last].into(), app.address).await);
    }
    opened
}

/// How many of these connections the server has closed.
fn closed(connections: &[Raw]) -> usize {
    connections.iter().filter(|raw| raw.is_closed()).count()
}

#[tokio::test]
async fn sources_with_idle_connections_shut_nobody_out() {
    let app = small().await;
    let mut held = silent(&app, 2, SHARE).await;
    held.extend(silent(&app, 3, SHARE).await);
    for round in 1..=3 {
        Program::of(&app).visit("/login").await.is(200);
        held.extend(silent(&app, 3, 1).await);
        eventually("the longest idle ones are closed", async || {
            closed(&held) > round
        })
        .await;
    }
}

#[tokio::test]
async fn one_source_takes_the_place_of_its_own_connections_only() {
    let app = small().await;
    let other = silent(&app, 3, SHARE).await;
    let greedy = silent(&app, 2, 10 * SHARE).await;
    eventually("all but its share are closed", async || {
        closed(&greedy) == 9 * SHARE
    })
    .await;
    assert_eq!(closed(&other), 0);
}

#[tokio::test]
async fn a_request_in_flight_is_never_cut_off() {
    let app = small().await;
    let body = credentials("ada@example.org", PASSWORD).to_string();
    let head = format!(
        "POST /v1/users/new HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
        app.address,
        body.len()
    );
    let mut posting = silent(&app, 2, 1).await.remove(0);
    posting.say(&head).await;
    let go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    assert_eq!(posting.read_exactly(go_on.len()).await.text(), go_on);
    let pressing = silent(&app, 2, 5 * SHARE).await;
    eventually("its own idle ones make room", async || {
        closed(&pressing) == pressing.len() - (SHARE - 1)
    })
    .await;
    assert!(!posting.is_closed());
    posting.say(&body).await;
    let answer = posting.read_to_end().await;
    assert_eq!(answer.status(), 201, "{}", answer.text());
}

/// A request through the proxy whose body never arrives, with these headers.
async fn unfinished(app: &TestApp, headers: &str) -> Raw {
    let head = format!(
        "POST /v1/users/new HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n{headers}\
         Content-Length: 9\r\nExpect: 100-continue\r\n\r\n",
        app.address
    );
    let mut raw = Raw::connect(app.address).await;
    raw.say(head).await;
    let go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    assert_eq!(raw.read_exactly(go_on.len()).await.text(), go_on);
    raw
}

#[tokio::test]
async fn a_client_behind_a_proxy_has_a_share_of_requests_whatever_it_says_of_itself() {
    let capacity = Capacity {
        connections_per_source: 1,
        ..Capacity::default()
    };
    let options = Options::default().flags(&["--trusted-proxy", "127.0.0.1"]);
    let app = options.capacity(capacity).start().await;
    let two_addresses = "X-Forwarded-For: 192.0.2.1\r\nForwarded: for=198.51.100.7\r\n";
    for headers in ["X-Forwarded-For: 192.0.2.1\r\n", two_addresses, ""] {
        let held = unfinished(&app, headers).await;
        let get = format!(
            "GET /login HTTP/1.1\r\nHost: {}\r\n{headers}Connection: close\r\n\r\n",
            app.address
        );
        let refused = exchange(app.address, &get).await;
        assert_eq!(refused.status(), 503, "{headers:?}");
        assert!(!refused.text().contains("<html"), "no page is rendered");
        let other = get.replace(headers, "X-Forwarded-For: 192.0.2.9\r\n");
        let other = if headers.is_empty() {
            get.replace("Connection", "X-Forwarded-For: 192.0.2.9\r\nConnection")
        } else {
            other
        };
        assert_eq!(
            exchange(app.address, other).await.status(),
            200,
            "{headers:?}"
        );
        drop(held);
        eventually("the request that was given up counts no more", async || {
            exchange(app.address, &get).await.status() == 200
        })
        .await;
    }
}

/// The program with its own limits on file descriptors.
fn limited(limits: &str, place: &TestStore) -> Command {
    let program = command();
    let mut command = Command::new("sh");
    command.env_clear().envs(place.variables());
    command
        .arg("-c")
        .arg(format!("{limits} && exec \"$0\" \"$@\""));
    command.arg(program.get_program());
    command.args(["serve", "--port", "0"]);
    command
}

#[tokio::test]
async fn the_soft_limit_on_descriptors_is_raised_at_the_start() {
    let place = TestStore::fresh();
    let server = Serving::start(limited("ulimit -Sn 300", &place)).await;
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.id())).unwrap();
    let line = limits
        .lines()
        .find(|line| line.starts_with("Max open files"));
    let mut numbers = line.unwrap().split_whitespace().skip(3);
    let (soft, hard) = (numbers.next().unwrap(), numbers.next().unwrap());
    assert_eq!(soft, hard);
    assert_ne!(soft, "300");
}

#[tokio::test]
async fn few_descriptors_are_few_connections_and_what_is_closed_is_logged_in_one_line() {
    let place = TestStore::fresh();
    let server = Serving::start(limited("ulimit -n 300", &place)).await;
    let mut held = Vec::new();
    for _ in 0..60 {
        held.push(Raw::connect(server.address).await);
    }
    // A quarter of 64, the minimum number of connections.
    let most = 16;
    eventually("all but its share are closed", async || {
        closed(&held) == held.len() - most
    })
    .await;
    Program::at(server.address).test().await.is(401);
    let (status, log) = server.stop().await;
    assert!(status.success());
    assert!(log.contains("few connections"), "{log}");
    let lines: Vec<_> = log
        .lines()
        .filter(|line| line.contains("made room"))
        .collect();
    assert_eq!(lines.len(), 1, "{log}");
    for word in ["closed=45", "refused=0", "source=\"127.0.0.1\""] {
        assert!(lines[0].contains(word), "{}", lines[0]);
    }
}
