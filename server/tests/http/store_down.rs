//! An unreachable store neither grants access nor ends a session.

use serde_json::json;

use crate::support::{
    Anonymous, Caller, PASSWORD, Program, SignedIn, TestApp, TestResponse, credentials,
    faulty::{Fault, SECRET_CAUSE},
};

/// A user who signed in before the server was started, so that nothing about the session is cached.
async fn forgotten() -> (TestApp, SignedIn) {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let app = app.restart(&[]).await;
    let ada = ada.at(&app);
    app.store.fail(Fault::Unavailable);
    (app, ada)
}

#[track_caller]
fn is_unavailable(answer: &TestResponse) {
    assert_eq!(answer.status, 503, "{}", answer.lossy());
    let seconds: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds));
    assert!(answer.set_cookies().is_empty(), "the cookie is touched");
    assert!(!answer.lossy().contains(SECRET_CAUSE));
    assert_eq!(answer.header("clear-site-data"), None);
}

/// A defect of the original: with an unreachable store a valid cookie got 401 instead of 503.
#[tokio::test]
async fn a_valid_cookie_is_neither_refused_nor_welcomed() {
    let (app, ada) = forgotten().await;
    let test = ada.test().await;
    is_unavailable(&test);
    test.is_refusal(503, "unavailable");
    for path in ["/studio", "/account", "/login", "/signup", "/"] {
        let page = ada.visit(path).await;
        is_unavailable(&page);
        assert!(
            page.page().contains("We cannot get at our records"),
            "{path}"
        );
    }
    app.store.fail(Fault::None);
    assert!(ada.is_alive().await, "the failure has logged somebody out");
    ada.visit("/studio").await.is(200).page();
}

#[tokio::test]
async fn nothing_can_be_changed_and_nobody_is_told_that_it_was() {
    let (app, ada) = forgotten().await;
    is_unavailable(&ada.log_out().await);
    is_unavailable(&ada.submit("/logout", &[]).await);
    is_unavailable(&ada.submit("/account", &[("first_name", "Ada")]).await);
    is_unavailable(&ada.submit("/account/sessions/end", &[]).await);
    is_unavailable(&ada.function("log_out", &json!({})).await);
    let names = json!({ "form": { "first_name": "Ada" } });
    is_unavailable(&ada.function("change_names", &names).await);
    app.store.fail(Fault::None);
    assert!(ada.is_alive().await);
}

#[tokio::test]
async fn a_login_is_unavailable_whoever_it_is() {
    let (app, _) = forgotten().await;
    let program = Program::of(&app);
    let known = program.log_in("ada@example.org", PASSWORD).await;
    let unknown = program.log_in("eve@example.org", PASSWORD).await;
    is_unavailable(&known);
    known.is_refusal(503, "unavailable");
    assert_eq!(known.fingerprint(), unknown.fingerprint());
    let anonymous = Anonymous::of(&app);
    let form = [("email_address", "ada@example.org"), ("password", PASSWORD)];
    let page = anonymous.submit("/login", &form).await;
    is_unavailable(&page);
    assert!(
        page.page().contains(r#"value="ada@example.org""#),
        "what was typed is lost"
    );
    let call = json!({ "form": { "email_address": "ada@example.org", "password": PASSWORD } });
    let answer = anonymous.function("log_in", &call).await;
    is_unavailable(&answer);
    assert!(answer.json()["unavailable"].is_number());
}

#[tokio::test]
async fn a_sign_up_is_unavailable_and_works_afterwards() {
    let (app, _) = forgotten().await;
    let program = Program::of(&app);
    let bob = credentials("bob@example.org", PASSWORD);
    is_unavailable(&program.new_user(&bob).await);
    let form = [("email_address", "bob@example.org"), ("password", PASSWORD)];
    is_unavailable(&Anonymous::of(&app).submit("/signup", &form).await);
    app.store.fail(Fault::None);
    program.new_user(&bob).await.is(201);
    program.log_in("bob@example.org", PASSWORD).await.is(200);
}

#[tokio::test]
async fn what_the_store_failed_is_not_counted_as_a_failure_of_people() {
    let (app, _) = forgotten().await;
    let program = Program::of(&app);
    for _ in 0..15 {
        is_unavailable(&program.log_in("ada@example.org", PASSWORD).await);
    }
    app.store.fail(Fault::None);
    program.log_in("ada@example.org", PASSWORD).await.is(200);
}

#[tokio::test]
async fn those_who_need_no_store_are_served() {
    let (app, _) = forgotten().await;
    let anonymous = Anonymous::of(&app);
    for path in ["/", "/login", "/signup"] {
        anonymous.visit(path).await.is(200).page();
    }
    anonymous
        .visit("/studio")
        .await
        .leads_to("/login?next=%2Fstudio");
    anonymous.test().await.is_refusal(401, "unauthorized");
}

#[tokio::test]
async fn the_server_is_alive_and_not_ready_and_recovers() {
    let (app, _) = forgotten().await;
    let program = Program::of(&app);
    program.visit("/healthz").await.is(200);
    for fault in [Fault::Unavailable, Fault::Damaged] {
        app.store.fail(fault);
        let answer = program.visit("/readyz").await.is(503);
        assert!(!answer.lossy().contains(SECRET_CAUSE));
    }
    app.store.fail(Fault::None);
    program.visit("/readyz").await.is(200);
}
