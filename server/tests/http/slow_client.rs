//! Clients that never finish a request or a read.

use std::time::Duration;

use server::timeouts::Timeouts;

use crate::support::{
    Caller, Options, Program, SignedIn, TestApp,
    raw::{Raw, RawAnswer},
};

/// A server with short time limits; the tests check that and how a connection ends.
async fn impatient() -> TestApp {
    let timeouts = Timeouts {
        head: Duration::from_millis(300),
        body: Duration::from_millis(300),
        ..Timeouts::default()
    };
    Options::default().timeouts(timeouts).start().await
}

/// Sends something and waits until the server closes the connection.
async fn say_and_fall_silent(app: &TestApp, words: &str) -> RawAnswer {
    let mut raw = Raw::connect(app.address).await;
    raw.say(words.replace("HOST", &app.address.to_string()))
        .await;
    raw.read_to_end().await
}

#[tokio::test]
async fn a_head_that_never_ends_is_cut_off() {
    let app = impatient().await;
    for words in [
        "",
        "GET",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost: HOST\r\nX-Slow: a",
    ] {
        let answer = say_and_fall_silent(&app, words).await;
        assert!(
            !answer.text().contains(" 200 "),
            "{words:?}: {}",
            answer.text()
        );
    }
    Program::of(&app).test().await.is(401);
}

#[tokio::test]
async fn a_body_that_never_ends_is_told_so_and_cut_off() {
    let app = impatient().await;
    for (path, kind) in [
        ("/v1/users/new", "application/json"),
        ("/v1/auth/login", "application/json"),
        ("/login", "application/x-www-form-urlencoded"),
        ("/signup", "application/x-www-form-urlencoded"),
    ] {
        for length in ["Content-Length: 100", "Transfer-Encoding: chunked"] {
            let words = format!(
                "POST {path} HTTP/1.1\r\nHost: HOST\r\nContent-Type: {kind}\r\n{length}\r\n\r\n"
            );
            assert_eq!(
                say_and_fall_silent(&app, &words).await.status(),
                408,
                "{path} {length}"
            );
        }
    }
}

#[tokio::test]
async fn a_large_body_that_is_announced_and_never_sent_is_refused_all_the_same() {
    let app = impatient().await;
    let words = "POST /v1/users/new HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\n\
                 Content-Length: 10000000\r\n\r\n";
    assert_eq!(say_and_fall_silent(&app, words).await.status(), 413);
}

#[tokio::test]
async fn a_connection_on_which_nothing_more_is_said_is_closed() {
    let app = impatient().await;
    let words = "GET /healthz HTTP/1.1\r\nHost: HOST\r\n\r\n";
    let answer = say_and_fall_silent(&app, words).await;
    assert_eq!((answer.status(), answer.count()), (200, 1));
}

/// A client that sends a few bytes now and then is cut off as well: the limit is for the whole head.
#[tokio::test]
async fn a_head_that_drips_is_cut_off_all_the_same() {
    let app = impatient().await;
    let mut raw = Raw::connect(app.address).await;
    raw.say(format!("GET / HTTP/1.1\r\nHost: {}\r\n", app.address))
        .await;
    let mut pause = tokio::time::interval(Duration::from_millis(20));
    let mut drops = 0;
    while raw.say("X-Drop: 1\r\n").await {
        drops += 1;
        assert!(drops < 60, "the server waits for ever");
        pause.tick().await;
    }
    Program::of(&app).test().await.is(401);
}

#[tokio::test]
async fn many_who_say_nothing_keep_nobody_else_waiting() {
    let app = TestApp::start().await;
    let mut silent = Vec::new();
    for _ in 0..300 {
        let mut raw = Raw::connect(app.address).await;
        raw.say("POST /v1/auth/login HTTP/1.1\r\n").await;
        silent.push(raw);
    }
    Program::of(&app).visit("/login").await.is(200).page();
    drop(silent);
}

/// A client that requests much and reads nothing.
#[tokio::test]
async fn one_who_never_reads_keeps_nobody_else_waiting() {
    let app = TestApp::start().await;
    let mut deaf = Raw::connect(app.address).await;
    let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", app.address);
    deaf.say(request.repeat(100)).await;
    for _ in 0..10 {
        Program::of(&app).visit("/login").await.is(200).page();
    }
}

/// The sender is identified before the body is read, because that decides the maximum size, and again
/// afterwards.
#[tokio::test]
async fn a_session_that_ends_while_a_body_arrives_changes_nothing_any_more() {
    let app = TestApp::start().await;
    const FORM: &str = "application/x-www-form-urlencoded";
    for (number, (path, kind, body)) in [
        ("/account", FORM, "first_name=Late&last_name="),
        ("/studio/artists/new", FORM, "form_version=2&name=Late"),
        ("/studio", FORM, "step=artist&name=Late"),
        ("/v1/artists", "application/json", r#"{"name":"Late"}"#),
    ]
    .into_iter()
    .enumerate()
    {
        let who = SignedIn::sign_up(&app, &format!("ada{number}@example.org")).await;
        let mut raw = Raw::connect(app.address).await;
        raw.say(format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nContent-Type: {kind}\r\n\
             Content-Length: {}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
            app.address,
            who.cookie,
            body.len()
        ))
        .await;
        // The server requests the body after it has identified the sender.
        let asked = "HTTP/1.1 100 Continue\r\n\r\n";
        assert_eq!(raw.read_exactly(asked.len()).await.text(), asked, "{path}");
        who.log_out().await.is(200);
        raw.say(body).await;
        let answer = raw.read_to_end().await;
        assert_eq!(answer.status(), 401, "{path}: {}", answer.text());
        let who = SignedIn::log_in(&app, &format!("ada{number}@example.org")).await;
        let artists = who.get("/v1/artists").send().await.is(200).json();
        assert_eq!(
            artists["data"].as_array().map(Vec::len),
            Some(0),
            "{path}: {artists}"
        );
        assert!(
            !who.visit("/account").await.page().contains("Late"),
            "{path}"
        );
    }
}
