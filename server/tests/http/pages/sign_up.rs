//! `/signup`

use crate::support::{Anonymous, Caller, PASSWORD, SignedIn, TestApp};

#[tokio::test]
async fn a_sign_up_leads_to_the_studio_signed_in() {
    let app = TestApp::start().await;
    let form = [
        ("email_address", "ada@example.org"),
        ("password", PASSWORD),
        ("first_name", "Ada"),
        ("last_name", ""),
    ];
    let answer = Anonymous::of(&app)
        .submit("/signup", &form)
        .await
        .leads_to("/studio");
    let studio = Anonymous::of(&app)
        .get("/studio")
        .cookie(&answer.cookie())
        .send()
        .await
        .is(200)
        .page();
    assert!(studio.contains("Welcome, Ada"), "{studio}");
}

#[tokio::test]
async fn a_refused_sign_up_keeps_what_was_typed_but_for_the_password() {
    let app = TestApp::start().await;
    let form = [
        ("email_address", "abc"),
        ("password", "tooshort1"),
        ("first_name", "Ada"),
        ("last_name", "Lovelace"),
    ];
    let answer = Anonymous::of(&app).submit("/signup", &form).await.is(400);
    let html = answer.page();
    for kept in [
        r#"value="abc""#,
        r#"value="Ada""#,
        r#"value="Lovelace""#,
        "Enter an address like name@example.org.",
        "Use at least 12 characters.",
    ] {
        assert!(html.contains(kept), "{kept} in {html}");
    }
    assert!(!html.contains("tooshort1"));
    assert!(answer.set_cookies().is_empty());
}

#[tokio::test]
async fn a_taken_address_is_a_conflict_said_at_the_field() {
    let app = TestApp::start().await;
    SignedIn::sign_up(&app, "ada@example.org").await;
    let form = [("email_address", "ADA@example.org"), ("password", PASSWORD)];
    let answer = Anonymous::of(&app).submit("/signup", &form).await.is(409);
    assert!(
        answer
            .page()
            .contains("There is an account with this address already.")
    );
    assert!(answer.set_cookies().is_empty());
}

#[tokio::test]
async fn a_common_password_is_said_at_the_field() {
    let app = TestApp::start().await;
    let form = [
        ("email_address", "ada@example.org"),
        ("password", "1q2w3e4r5t6y"),
    ];
    let html = Anonymous::of(&app)
        .submit("/signup", &form)
        .await
        .is(400)
        .page();
    assert!(html.contains("This one is easy to guess"), "{html}");
}

#[tokio::test]
async fn a_closed_site_says_so() {
    let app = TestApp::with(&["--signup", "closed"]).await;
    let html = Anonymous::of(&app).visit("/signup").await.is(200).page();
    assert!(!html.contains(r#"name="password""#), "{html}");
    let form = [("email_address", "ada@example.org"), ("password", PASSWORD)];
    Anonymous::of(&app)
        .submit("/signup", &form)
        .await
        .is(403)
        .page();
    let html = Anonymous::of(&app).visit("/").await.page();
    assert!(!html.contains(r#"href="/signup""#), "{html}");
}

#[tokio::test]
async fn a_session_that_came_with_a_sign_up_ends() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let form = [("email_address", "bob@example.org"), ("password", PASSWORD)];
    let answer = ada.submit("/signup", &form).await.leads_to("/studio");
    assert_ne!(answer.cookie(), ada.cookie);
    assert!(!ada.is_alive().await);
}
