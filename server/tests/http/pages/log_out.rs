//! `/logout`

use crate::support::{Anonymous, Caller, SignedIn, TestApp};

#[tokio::test]
async fn logging_out_leads_to_the_first_page_and_leaves_nothing_private() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let answer = ada.submit("/logout", &[]).await.leads_to("/#logged-out");
    assert_eq!(answer.header("clear-site-data"), Some("\"cache\""));
    assert_eq!(
        answer.set_cookie(),
        "session=; HttpOnly; Path=/; SameSite=Lax; Max-Age=0"
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    ada.visit("/studio").await.leads_to("/login?next=%2Fstudio");
}

#[tokio::test]
async fn logging_out_twice_or_without_a_session_is_no_error() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    ada.submit("/logout", &[]).await.leads_to("/#logged-out");
    ada.submit("/logout", &[]).await.leads_to("/#logged-out");
    Anonymous::of(&app)
        .submit("/logout", &[])
        .await
        .leads_to("/#logged-out");
}

#[tokio::test]
async fn a_link_logs_nobody_out() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    ada.visit("/logout").await.is(405);
    assert!(ada.is_alive().await);
}
