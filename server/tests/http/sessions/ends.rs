//! Sessions that expire, or end with their account.

use time::Duration;

use crate::support::{
    Anonymous, Caller, PASSWORD, Program, SignedIn, TestApp, credentials, eventually,
};

async fn remembered(app: &TestApp) -> String {
    let form = [
        ("email_address", "ada@example.org"),
        ("password", PASSWORD),
        ("remember", "on"),
    ];
    Anonymous::of(app)
        .submit("/login", &form)
        .await
        .is(303)
        .cookie()
}

async fn is_alive(app: &TestApp, cookie: &str) -> bool {
    Program::of(app)
        .get("/v1/test")
        .cookie(cookie)
        .send()
        .await
        .status
        == 200
}

/// Uses a session after a while and waits until that use is stored, which happens after the response:
/// then the session is read from the store again.
async fn is_alive_and_noted(app: &TestApp, cookie: &str) -> bool {
    let is_alive = is_alive(app, cookie).await;
    if is_alive {
        use_until_noted(app, "/v1/test", cookie).await;
    }
    is_alive
}

async fn use_until_noted(app: &TestApp, path: &str, cookie: &str) {
    app.store.take_asked();
    eventually("the use is written down", || async {
        let call = Program::of(app).get(path).cookie(cookie);
        call.send().await.is(200);
        app.store.take_asked().contains(&("get", "sessions"))
    })
    .await;
}

#[tokio::test]
async fn an_unused_session_ends_after_two_hours() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    app.pass(Duration::hours(2) - Duration::MILLISECOND);
    assert!(ada.is_alive().await);
    app.pass(Duration::hours(2));
    assert!(!ada.is_alive().await);
    ada.visit("/studio").await.leads_to("/login?next=%2Fstudio");
}

#[tokio::test]
async fn use_keeps_a_session_alive_and_not_for_longer_than_a_day() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for _ in 0..23 {
        app.pass(Duration::hours(1));
        assert!(is_alive_and_noted(&app, &ada.cookie).await);
    }
    app.pass(Duration::hours(1) - Duration::MILLISECOND);
    assert!(ada.is_alive().await);
    app.pass(Duration::MILLISECOND);
    assert!(!ada.is_alive().await);
}

/// tower-sessions#74: reading did not count as use.
#[tokio::test]
async fn looking_at_a_page_counts_as_use() {
    for path in ["/studio", "/", "/account"] {
        let app = TestApp::start().await;
        let ada = SignedIn::sign_up(&app, "ada@example.org").await;
        app.pass(Duration::minutes(100));
        ada.visit(path).await.is(200);
        use_until_noted(&app, path, &ada.cookie).await;
        app.pass(Duration::minutes(100));
        assert!(ada.is_alive().await, "{path}");
    }
}

#[tokio::test]
async fn use_is_remembered_over_a_restart() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    app.pass(Duration::minutes(110));
    assert!(is_alive_and_noted(&app, &ada.cookie).await);
    let app = app.restart(&[]).await;
    app.pass(Duration::minutes(110));
    assert!(ada.at(&app).is_alive().await);
}

#[tokio::test]
async fn whoever_asked_to_be_kept_logged_in_is_for_a_month() {
    let app = TestApp::start().await;
    Program::of(&app)
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let cookie = remembered(&app).await;
    for _ in 0..2 {
        app.pass(Duration::days(13));
        assert!(is_alive_and_noted(&app, &cookie).await);
    }
    app.pass(Duration::days(4) - Duration::MILLISECOND);
    assert!(is_alive(&app, &cookie).await);
    app.pass(Duration::MILLISECOND);
    assert!(!is_alive(&app, &cookie).await);
}

#[tokio::test]
async fn whoever_asked_to_be_kept_logged_in_and_stays_away_for_two_weeks_is_not() {
    let app = TestApp::start().await;
    Program::of(&app)
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let cookie = remembered(&app).await;
    app.pass(Duration::days(14));
    assert!(!is_alive(&app, &cookie).await);
}

#[tokio::test]
async fn the_operator_chooses_how_long() {
    let flags = ["--session-idle", "5m", "--session-max", "10m"];
    let app = TestApp::with(&flags).await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    app.pass(Duration::minutes(4));
    assert!(is_alive_and_noted(&app, &ada.cookie).await);
    app.pass(Duration::minutes(4));
    assert!(is_alive_and_noted(&app, &ada.cookie).await);
    app.pass(Duration::minutes(2));
    assert!(!ada.is_alive().await, "ten minutes have passed");
    let again = SignedIn::log_in(&app, "ada@example.org").await;
    app.pass(Duration::minutes(5));
    assert!(
        !again.is_alive().await,
        "five minutes have passed without use"
    );
}

#[tokio::test]
async fn an_account_has_fifty_sessions_and_the_oldest_goes() {
    let app = TestApp::with(&["--limits", "off"]).await;
    let oldest = SignedIn::sign_up(&app, "ada@example.org").await;
    let mut cookies = Vec::new();
    for _ in 0..49 {
        let answer = Program::of(&app)
            .log_in("ada@example.org", PASSWORD)
            .await
            .is(200);
        cookies.push(answer.cookie());
    }
    assert!(oldest.is_alive().await);
    SignedIn::log_in(&app, "ada@example.org").await;
    assert!(!oldest.is_alive().await);
    for cookie in &cookies {
        assert!(is_alive(&app, cookie).await);
    }
    SignedIn::log_in(&app, "ada@example.org").await;
    assert!(!is_alive(&app, &cookies[0]).await);
    assert!(is_alive(&app, &cookies[1]).await);
}

/// A defect of the original: a session of a deleted user caused 500.
#[tokio::test]
async fn a_session_whose_user_was_deleted_is_logged_out_without_a_500() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let bob = SignedIn::sign_up(&app, "bob@example.org").await;
    app.delete(&ada.id).await;
    ada.test().await.is_refusal(401, "unauthorized");
    ada.visit("/studio").await.leads_to("/login?next=%2Fstudio");
    ada.visit("/").await.is(200);
    ada.submit("/account", &[("first_name", "A")]).await.is(401);
    ada.log_out().await.is(200);
    assert!(bob.is_alive().await);
    let program = Program::of(&app);
    program
        .log_in("ada@example.org", PASSWORD)
        .await
        .is_refusal(400, "bad_credentials");
    let anew = SignedIn::sign_up(&app, "ada@example.org").await;
    assert_ne!(anew.id, ada.id);
    assert!(!ada.is_alive().await);
}

#[tokio::test]
async fn a_disabled_user_is_logged_out_and_stays_so_when_enabled() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    app.disable(&ada.id).await;
    ada.test().await.is_refusal(401, "unauthorized");
    ada.visit("/account")
        .await
        .leads_to("/login?next=%2Faccount");
    ada.log_out().await.is(200);
    app.enable(&ada.id).await;
    assert!(!ada.is_alive().await);
    assert!(
        SignedIn::log_in(&app, "ada@example.org")
            .await
            .is_alive()
            .await
    );
}
