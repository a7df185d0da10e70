//! Paths without a page.

use crate::support::{Anonymous, Caller, SignedIn, TestApp};

#[tokio::test]
async fn an_unknown_address_is_a_whole_page_with_404() {
    let app = TestApp::start().await;
    for path in [
        "/nothing-here",
        "/login/x",
        "/artists/x/y/z",
        "/favicon.png",
        "/.env",
        "/%FF",
        "/a%00b",
        "/account/sessions",
        "/assets",
        "/assets/",
    ] {
        let html = Anonymous::of(&app).visit(path).await.is(404).page();
        assert!(html.contains("Nothing is pinned here"), "{path}: {html}");
    }
}

#[tokio::test]
async fn an_unknown_address_is_not_repeated_unescaped() {
    let app = TestApp::start().await;
    let html = Anonymous::of(&app)
        .visit("/%3Cimg%20src=x%20onerror=alert(1)%3E?a=%3Cscript%3E")
        .await
        .is(404)
        .page();
    assert!(
        !html.contains("<img src=x") && !html.contains("onerror"),
        "{html}"
    );
}

#[tokio::test]
async fn other_methods_on_an_unknown_address_are_404_too() {
    let app = TestApp::start().await;
    Anonymous::of(&app)
        .submit("/nothing-here", &[])
        .await
        .is(404)
        .page();
}

#[tokio::test]
async fn a_form_for_a_page_without_one_is_405() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for path in ["/videos", "/"] {
        let answer = ada.submit(path, &[]).await.is(405);
        let allowed = answer.header("allow").unwrap_or_default();
        assert!(allowed.contains("GET"), "{path}: {allowed:?}");
    }
}

#[tokio::test]
async fn a_slash_too_many_leads_to_the_page() {
    let app = TestApp::start().await;
    let answer = Anonymous::of(&app).visit("/login/").await.is(308);
    assert_eq!(answer.location(), "/login");
}
