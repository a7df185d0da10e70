//! The source that limits count, behind a reverse proxy.

use crate::support::{Anonymous, Caller, PASSWORD, Program, TestApp, callers::build, credentials};

const WRONG: &str = "a wrong one, really";
const PROXY: &[&str] = &["--trusted-proxy", "10.0.0.0/8,127.0.0.1"];

/// Logs in through the proxy, from this client address.
async fn log_in_from(program: &Program, from: &str, password: &str) -> u16 {
    let call = program.post("/v1/auth/login");
    let call = call.header("x-forwarded-for", from);
    let call = call.json(&credentials("ada@example.org", password));
    call.send().await.status
}

async fn app_with_ada(flags: &[&str]) -> TestApp {
    let app = TestApp::with(flags).await;
    let ada = credentials("ada@example.org", PASSWORD);
    Program::of(&app).new_user(&ada).await.is(201);
    app
}

#[tokio::test]
async fn behind_a_trusted_proxy_one_client_does_not_keep_another_out() {
    let app = app_with_ada(PROXY).await;
    let program = Program::of(&app);
    for _ in 0..10 {
        assert_eq!(log_in_from(&program, "192.0.2.1", WRONG).await, 400);
    }
    assert_eq!(log_in_from(&program, "192.0.2.1", PASSWORD).await, 429);
    assert_eq!(log_in_from(&program, "192.0.2.2", PASSWORD).await, 200);
}

#[tokio::test]
async fn the_address_that_the_client_wrote_itself_does_not_count() {
    let app = app_with_ada(PROXY).await;
    let program = Program::of(&app);
    for number in 0..10 {
        let forged = format!("203.0.113.{number}, 192.0.2.1, 10.0.0.2");
        assert_eq!(log_in_from(&program, &forged, WRONG).await, 400);
    }
    assert_eq!(log_in_from(&program, "192.0.2.1", WRONG).await, 429);
}

#[tokio::test]
async fn a_second_header_does_not_change_the_source() {
    let app = app_with_ada(PROXY).await;
    let program = Program::of(&app);
    let log_in = async |number: u8| {
        let call = program.post("/v1/auth/login");
        let call = call.header("x-forwarded-for", "192.0.2.1");
        let call = call.header("forwarded", format!("for=203.0.113.{number}"));
        let ada = credentials("ada@example.org", WRONG);
        call.json(&ada).send().await.status
    };
    for number in 0..10 {
        assert_eq!(log_in(number).await, 400);
    }
    assert_eq!(log_in(11).await, 429);
}

#[tokio::test]
async fn from_a_peer_that_is_not_the_proxy_the_headers_count_for_nothing() {
    let app = app_with_ada(&["--trusted-proxy", "10.0.0.0/8"]).await;
    let program = Program::of(&app);
    for number in 0..10 {
        let forged = format!("192.0.2.{number}");
        assert_eq!(log_in_from(&program, &forged, WRONG).await, 400);
    }
    assert_eq!(log_in_from(&program, "192.0.2.77", PASSWORD).await, 429);
}

#[tokio::test]
async fn all_three_doors_count_the_client_behind_the_proxy() {
    let app = app_with_ada(PROXY).await;
    let form = [("email_address", "ada@example.org"), ("password", WRONG)];
    let call =
        serde_json::json!({ "form": { "email_address": "ada@example.org", "password": WRONG } });
    let anonymous = Anonymous::of(&app);
    let program = Program::of(&app);
    for _ in 0..3 {
        let page = anonymous.post("/login").form(&form);
        page.header("x-forwarded-for", "192.0.2.1")
            .send()
            .await
            .is(400);
        let function = anonymous.post("/api/log_in").json(&call);
        let function = function.header("x-inspired-build", build());
        function
            .header("forwarded", "for=192.0.2.1")
            .send()
            .await
            .is(400);
        assert_eq!(log_in_from(&program, "192.0.2.1", WRONG).await, 400);
    }
    assert_eq!(log_in_from(&program, "192.0.2.1", WRONG).await, 400);
    assert_eq!(log_in_from(&program, "192.0.2.1", PASSWORD).await, 429);
    assert_eq!(log_in_from(&program, "192.0.2.2", PASSWORD).await, 200);
}

/// Invariant 9 of docs/ARCHITECTURE.md: a trusted proxy is trusted for addresses, not for host names.
#[tokio::test]
async fn a_trusted_proxy_does_not_name_the_host_or_the_scheme() {
    let app = TestApp::with(PROXY).await;
    let anonymous = Anonymous::of(&app);
    let forged = [
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "https"),
        ("forwarded", "for=192.0.2.1;host=evil.example;proto=https"),
    ];
    let mut call = anonymous.get("/studio");
    for (name, value) in forged {
        call = call.header(name, value);
    }
    let answer = call.send().await.is(303);
    assert_eq!(answer.header("location"), Some("/login?next=%2Fstudio"));
    assert_eq!(answer.header("strict-transport-security"), None);
    assert!(!answer.text().contains("evil.example"));
}
