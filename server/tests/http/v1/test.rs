//! `GET /v1/test`

use time::Duration;

use crate::support::{Anonymous, Caller, Program, SignedIn, TestApp};

#[tokio::test]
async fn whoever_is_signed_in_gets_the_account_and_the_session() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "Ada@example.org").await;
    let body = ada.test().await.is(200).json();
    assert_eq!(body["message"], "Test");
    assert_eq!(body["success"], true);
    let data = &body["data"];
    assert_eq!(data["email_address"], "Ada@example.org");
    assert_eq!(data["id"], ada.id.as_str());
    let moment = |name: &str| {
        let text = data[name].as_str().unwrap();
        time::OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339).unwrap()
    };
    assert_eq!(
        moment("session_ends_at") - moment("session_began_at"),
        Duration::hours(24)
    );
    assert_eq!(moment("created_at"), moment("session_began_at"));
}

#[tokio::test]
async fn without_a_session_it_is_401_with_the_standard_sentence() {
    let app = TestApp::start().await;
    let answer = Program::of(&app).test().await;
    assert_eq!(
        answer.is_refusal(401, "unauthorized"),
        "The server could not verify that you are authorized to access the URL requested. You \
         either supplied the wrong credentials (e.g. a bad password), or your browser doesn't \
         understand how to supply the credentials required."
    );
    assert_eq!(answer.json()["error"], "401: Unauthorized");
}

/// A defect of the original: an anonymous 401 set a cookie.
#[tokio::test]
async fn an_anonymous_401_sets_no_cookie() {
    let app = TestApp::start().await;
    let answer = Anonymous::of(&app).test().await.is(401);
    assert!(answer.set_cookies().is_empty());
}

#[tokio::test]
async fn what_is_personal_is_not_kept_anywhere() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    assert_eq!(
        ada.test().await.is(200).header("cache-control"),
        Some("no-store")
    );
    assert_eq!(
        Anonymous::of(&app)
            .test()
            .await
            .is(401)
            .header("cache-control"),
        Some("no-store")
    );
}

#[tokio::test]
async fn reading_who_it_is_writes_nothing() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    app.store.take_asked();
    for _ in 0..20 {
        ada.test().await.is(200);
    }
    let asked = app.store.take_asked();
    assert!(
        asked.iter().all(|(operation, _)| *operation == "get"),
        "{asked:?}"
    );
}
