//! The cookie of a device that has logged in before.

use serde_json::json;

use crate::support::{Anonymous, Caller, PASSWORD, TestApp, TestResponse, credentials};

const ADA: &str = "ada@example.org";
const WRONG: &str = "a wrong one, really";

/// Name and value of the device cookie, as the browser sends them back.
fn device_of(answer: &TestResponse) -> String {
    let cookie = answer.set_device().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// Signs up in a browser; returns its device cookie.
async fn sign_up(app: &TestApp) -> String {
    let form = [("email_address", ADA), ("password", PASSWORD)];
    let answer = Anonymous::of(app).submit("/signup", &form).await.is(303);
    device_of(&answer)
}

/// Guesses until every log-in from this source is refused, even with the right password.
async fn besiege(app: &TestApp) {
    let anonymous = Anonymous::of(app);
    for _ in 0..10 {
        anonymous.log_in(ADA, WRONG).await.is(400);
    }
    for _ in 0..100 {
        anonymous.new_user(&credentials(ADA, PASSWORD)).await;
    }
    anonymous.log_in(ADA, PASSWORD).await.is(429);
    anonymous.log_in("bob@example.org", PASSWORD).await.is(429);
}

#[tokio::test]
async fn a_login_sets_the_cookie_with_every_attribute() {
    for (flags, name, secure) in [
        (&[][..], "device", ""),
        (
            &["--public-url", "https://inspired.example"][..],
            "__Host-device",
            "Secure; ",
        ),
    ] {
        let app = TestApp::with(flags).await;
        sign_up(&app).await;
        let answer = Anonymous::of(&app).log_in(ADA, PASSWORD).await.is(200);
        let cookie = answer.set_device().unwrap();
        let (pair, attributes) = cookie.split_once("; ").unwrap();
        let value = pair.strip_prefix(&format!("{name}=")).unwrap();
        let all = format!("{secure}HttpOnly; Path=/; SameSite=Lax; Max-Age=34560000");
        assert_eq!(attributes, all);
        // A version, 128 random bits and one proof, 45 bytes in Base64: there is no space for an address.
        // Random letters may spell "ada", so the test does not look for a name.
        assert_eq!(value.len(), 60, "{cookie}");
        assert!(!cookie.contains("example"), "{cookie}");
    }
}

#[tokio::test]
async fn an_owner_on_a_known_device_passes_at_all_three_doors() {
    let app = TestApp::start().await;
    let device = sign_up(&app).await;
    besiege(&app).await;
    let anonymous = Anonymous::of(&app);
    let form = [("email_address", ADA), ("password", PASSWORD)];
    let page = anonymous.post("/login").cookie(&device).form(&form);
    page.send().await.is(303);
    let call = json!({ "form": { "email_address": ADA, "password": PASSWORD } });
    let function = anonymous.post("/api/log_in").cookie(&device);
    let build = crate::support::callers::build();
    let function = function.header("x-inspired-build", build).json(&call);
    function.send().await.is(200);
    let program = anonymous.post("/v1/auth/login").cookie(&device);
    program
        .json(&credentials(ADA, PASSWORD))
        .send()
        .await
        .is(200);
}

#[tokio::test]
async fn a_device_is_known_after_a_restart_and_keeps_its_name() {
    let app = TestApp::start().await;
    let device = sign_up(&app).await;
    let app = app.restart(&[]).await;
    besiege(&app).await;
    let log_in = Anonymous::of(&app).post("/v1/auth/login").cookie(&device);
    let answer = log_in
        .json(&credentials(ADA, PASSWORD))
        .send()
        .await
        .is(200);
    assert!(device_of(&answer).len() == device.len(), "{device}");
}

#[tokio::test]
async fn a_cookie_that_is_not_exactly_ours_is_a_stranger() {
    let app = TestApp::start().await;
    let device = sign_up(&app).await;
    besiege(&app).await;
    let mut changed = device.clone().into_bytes();
    let middle = changed.len() / 2;
    changed[middle] = if changed[middle] == b'A' { b'B' } else { b'A' };
    let changed = String::from_utf8(changed).unwrap();
    let twice = format!("{device}; {device}");
    for cookie in [
        changed.as_str(),
        &twice,
        "device=",
        "device=AQ",
        &device[..20],
    ] {
        let log_in = Anonymous::of(&app).post("/v1/auth/login").cookie(cookie);
        let answer = log_in.json(&credentials(ADA, PASSWORD)).send().await;
        assert_eq!(answer.status, 429, "{cookie}");
    }
}

#[tokio::test]
async fn a_refused_login_sets_no_cookie_and_says_the_same_with_one() {
    let app = TestApp::start().await;
    let device = sign_up(&app).await;
    let wrong = async |address: &str| {
        let log_in = Anonymous::of(&app).post("/v1/auth/login").cookie(&device);
        log_in
            .json(&credentials(address, WRONG))
            .send()
            .await
            .is(400)
    };
    let (known, unknown) = (wrong(ADA).await, wrong("eve@example.org").await);
    assert!(known.set_cookies().is_empty() && unknown.set_cookies().is_empty());
    assert_eq!(known.fingerprint(), unknown.fingerprint());
}

#[tokio::test]
async fn a_logout_keeps_the_device_and_the_end_of_all_sessions_forgets_it() {
    let app = TestApp::start().await;
    let form = [("email_address", ADA), ("password", PASSWORD)];
    let answer = Anonymous::of(&app).submit("/signup", &form).await.is(303);
    let (session, device) = (answer.cookie(), device_of(&answer));
    let both = format!("{session}; {device}");
    let log_in = async || {
        let log_in = Anonymous::of(&app).post("/v1/auth/login").cookie(&device);
        log_in.json(&credentials(ADA, PASSWORD)).send().await
    };
    let log_out = Anonymous::of(&app).post("/v1/auth/logout").cookie(&both);
    assert!(log_out.send().await.is(200).set_device().is_none());
    let session = log_in().await.is(200).cookie();
    let end = Anonymous::of(&app).post("/account/sessions/end");
    end.cookie(&session).send().await.is(303);
    besiege(&app).await;
    log_in().await.is(429);
}
