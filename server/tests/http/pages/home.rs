//! `/`

use reqwest::Method;

use crate::support::{Anonymous, Caller, SignedIn, TestApp};

#[tokio::test]
async fn the_first_page_shows_the_ways_in() {
    let app = TestApp::start().await;
    let html = Anonymous::of(&app).visit("/").await.is(200).page();
    assert!(html.contains(r#"href="/login""#) && html.contains(r#"href="/signup""#));
    assert!(!html.contains("/logout"));
}

#[tokio::test]
async fn whoever_is_signed_in_is_named_in_the_first_html() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for path in ["/", "/studio", "/account", "/nothing-here"] {
        let answer = ada.visit(path).await;
        let html = answer.page();
        let header = html.split("</header>").next().unwrap();
        assert!(header.contains("ada@example.org"), "{path}: {header}");
        assert!(
            header.contains("Log out") && !header.contains("Log in<"),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[tokio::test]
async fn visitors_who_need_none_get_no_cookie() {
    let app = TestApp::start().await;
    let anonymous = Anonymous::of(&app);
    for path in [
        "/",
        "/login",
        "/signup",
        "/studio",
        "/account",
        "/nothing-here",
        "/healthz",
        "/readyz",
        "/v1/test",
    ] {
        let answer = anonymous.visit(path).await;
        assert!(
            answer.set_cookies().is_empty(),
            "{path} {:?}",
            answer.set_cookies()
        );
    }
}

#[tokio::test]
async fn an_anonymous_page_asks_the_store_for_nobody() {
    let app = TestApp::start().await;
    let anonymous = Anonymous::of(&app);
    app.store.take_asked();
    for path in ["/login", "/signup"] {
        anonymous.visit(path).await.is(200);
    }
    assert_eq!(app.store.take_asked(), []);
    anonymous.visit("/").await.is(200);
    let is_new =
        |collection| ["videos", "products", "artists", "keys", "retailers"].contains(&collection);
    for (operation, collection) in app.store.take_asked() {
        assert!(is_new(collection), "{operation} {collection}");
    }
}

#[tokio::test]
async fn a_page_is_alive_without_a_reload_where_there_is_a_program() {
    let app = TestApp::start().await;
    let html = Anonymous::of(&app).visit("/").await.page();
    assert!(html.contains(&format!("data-build=\"{}\"", server::site::SITE.build)));
    let script = server::site::SITE.frontend.start;
    assert!(
        !script.is_empty(),
        "built without its pages: build with cargo xtask build"
    );
    assert!(html.contains(script) && html.contains(server::site::SITE.style));
}

/// A title has no markup: browsers would show it as text.
#[tokio::test]
async fn a_title_is_plain_text() {
    let app = TestApp::start().await;
    let anonymous = Anonymous::of(&app);
    for (path, title) in [
        ("/login", "Log in · Inspired"),
        ("/nothing", "Not found · Inspired"),
    ] {
        let html = anonymous.visit(path).await.page();
        assert!(html.contains(&format!("<title>{title}</title>")), "{html}");
    }
}

#[tokio::test]
async fn head_is_the_page_without_its_body() {
    let app = TestApp::start().await;
    let answer = Anonymous::of(&app)
        .call(Method::HEAD, "/")
        .send()
        .await
        .is(200);
    assert!(answer.body.is_empty());
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8")
    );
}

#[tokio::test]
async fn health_is_told_in_a_status() {
    let app = TestApp::start().await;
    for path in ["/healthz", "/readyz"] {
        let answer = Anonymous::of(&app).visit(path).await.is(200);
        assert!(
            answer.body.len() < 16,
            "{path} says more than it should: {}",
            answer.text()
        );
    }
}
