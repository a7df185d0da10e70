//! The memory that bodies may take, in total and for each source.

use std::time::Duration;

use server::{capacity::Capacity, timeouts::Timeouts};

use crate::support::{
    Anonymous, Caller, Options, PASSWORD, Program, SignedIn, TestApp,
    callers::build,
    credentials,
    raw::{Raw, RawAnswer},
};

const KIB: usize = 1024;

/// A server with memory for few bodies and a short time limit for them.
async fn small() -> TestApp {
    let capacity = Capacity {
        bodies: 96 * KIB,
        bodies_per_source: 40 * KIB,
        ..Capacity::default()
    };
    start(capacity, Duration::from_millis(300)).await
}

async fn start(capacity: Capacity, body: Duration) -> TestApp {
    let timeouts = Timeouts {
        body,
        ..Timeouts::default()
    };
    let options = Options::default().capacity(capacity);
    options.timeouts(timeouts).start().await
}

/// Sends a part of a form whose announced length is greater.
async fn half_send(app: &TestApp, last: u8, path: &str, sent: usize) -> Raw {
    let mut raw = Raw::connect_from([127, 0, 0, last].into(), app.address).await;
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        app.address,
        60 * KIB
    );
    raw.say(head).await;
    raw.say("a".repeat(sent)).await;
    raw
}

fn is_busy(answer: &RawAnswer) -> bool {
    let text = answer.text().to_lowercase();
    answer.status() == 503 && text.contains("retry-after: ")
}

#[tokio::test]
async fn a_source_has_a_share_of_the_memory_for_bodies() {
    let app = small().await;
    let answer = half_send(&app, 2, "/signup", 50 * KIB)
        .await
        .read_to_end()
        .await;
    assert!(is_busy(&answer), "{}", answer.text());
    let within = half_send(&app, 2, "/signup", 20 * KIB)
        .await
        .read_to_end()
        .await;
    assert_eq!(within.status(), 408);
}

#[tokio::test]
async fn others_are_served_beside_a_source_that_has_its_share() {
    let capacity = Capacity {
        bodies: 96 * KIB,
        bodies_per_source: 40 * KIB,
        ..Capacity::default()
    };
    let app = start(capacity, Duration::from_secs(15)).await;
    let mut held = Vec::new();
    for _ in 0..20 {
        held.push(half_send(&app, 2, "/login", 30 * KIB).await);
    }
    let program = Program::of(&app);
    let ada = credentials("ada@example.org", PASSWORD);
    program.new_user(&ada).await.is(201);
    program.log_in("ada@example.org", PASSWORD).await.is(200);
}

#[tokio::test]
async fn memory_for_bodies_is_given_back() {
    let app = small().await;
    for _ in 0..5 {
        let answers = [2, 3].map(|last| half_send(&app, last, "/login", 20 * KIB));
        for answer in answers {
            answer.await.read_to_end().await;
        }
        let answer = half_send(&app, 4, "/login", 20 * KIB)
            .await
            .read_to_end()
            .await;
        assert_eq!(answer.status(), 408);
    }
}

/// Only forms of the studio may be longer, and only with a session.
#[tokio::test]
async fn without_a_session_no_route_takes_more_than_64_kib() {
    let app = TestApp::start().await;
    let long = "a=".to_owned() + &"b".repeat(64 * KIB);
    for path in [
        "/login",
        "/signup",
        "/account",
        "/studio",
        "/studio/artists/new",
        "/studio/videos/new",
        "/studio/products/new",
        "/studio/retailers/new",
        "/studio/videos/vid_0",
        "/studio/videos/vid_0/placements",
        "/studio/products/prd_0/deletion",
    ] {
        let call = Anonymous::of(&app).post(path);
        let call = call.header("content-type", "application/x-www-form-urlencoded");
        let answer = call.body(long.clone()).send().await;
        assert_eq!(answer.status, 413, "{path}");
    }
    let json = format!("{{\"name\":\"{}\"}}", "b".repeat(64 * KIB));
    for path in [
        "/v1/users/new",
        "/v1/auth/login",
        "/api/log_in",
        "/api/sign_up",
    ] {
        let call = Anonymous::of(&app).post(path);
        let call = call.header("content-type", "application/json");
        let call = call.header("x-inspired-build", build());
        let answer = call.body(json.clone()).send().await;
        assert_eq!(answer.status, 413, "{path}");
    }
}

#[tokio::test]
async fn with_a_session_a_form_of_the_studio_may_be_longer() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let description = "b".repeat(100 * KIB);
    let fields = [("name", "Ada Films"), ("bio", description.as_str())];
    ada.submit("/studio/artists/new", &fields).await.is(422);
}
