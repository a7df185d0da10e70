//! `/account`

use crate::support::{Anonymous, Caller, SignedIn, TestApp};

#[tokio::test]
async fn names_are_changed_and_removed_by_a_plain_form() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    ada.submit(
        "/account",
        &[("first_name", "Ada"), ("last_name", "Lovelace")],
    )
    .await
    .leads_to("/account");
    let html = ada.visit("/account").await.is(200).page();
    assert!(
        html.contains(r#"value="Ada""#) && html.contains(r#"value="Lovelace""#),
        "{html}"
    );
    assert!(ada.visit("/studio").await.page().contains("Welcome, Ada"));
    ada.submit("/account", &[("first_name", " "), ("last_name", "")])
        .await
        .leads_to("/account");
    assert!(!ada.visit("/account").await.page().contains("Lovelace"));
}

#[tokio::test]
async fn a_refused_name_comes_back_with_the_reason() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let long = "é".repeat(101);
    let answer = ada
        .submit("/account", &[("first_name", &long), ("last_name", "Kept")])
        .await
        .is(400);
    let html = answer.page();
    assert!(
        html.contains("Use at most 100 characters.") && html.contains(r#"value="Kept""#),
        "{html}"
    );
    assert!(!ada.visit("/account").await.page().contains("Kept"));
}

#[tokio::test]
async fn without_a_session_nothing_is_changed_and_people_are_asked_to_log_in() {
    let app = TestApp::start().await;
    let anonymous = Anonymous::of(&app);
    anonymous
        .visit("/account")
        .await
        .leads_to("/login?next=%2Faccount");
    let refused = anonymous
        .submit("/account", &[("first_name", "Eve")])
        .await
        .is(401);
    let html = refused.page();
    assert!(html.contains("Your session has ended."), "{html}");
    assert!(html.contains(r#"value="Eve""#), "{html}");
    assert!(html.contains("/login?next=%2Faccount"), "{html}");
    anonymous
        .submit("/account/sessions/end", &[])
        .await
        .leads_to("/login?next=%2Faccount");
}

#[tokio::test]
async fn leaving_every_device_ends_every_session_and_no_other_account_s() {
    let app = TestApp::start().await;
    let here = SignedIn::sign_up(&app, "ada@example.org").await;
    let there = SignedIn::log_in(&app, "ada@example.org").await;
    let bob = SignedIn::sign_up(&app, "bob@example.org").await;
    let answer = here
        .submit("/account/sessions/end", &[])
        .await
        .leads_to("/login#sessions-ended");
    assert_eq!(answer.header("clear-site-data"), Some("\"cache\""));
    assert!(answer.set_cookie().contains("Max-Age=0"));
    assert!(!here.is_alive().await && !there.is_alive().await);
    assert!(bob.is_alive().await);
    assert!(
        SignedIn::log_in(&app, "ada@example.org")
            .await
            .is_alive()
            .await
    );
}
