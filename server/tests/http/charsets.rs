//! Every response declares its media type, and every text its charset (ASVS 4.1.1).

use server::site::SITE;

use crate::{
    pages::{Creator, published_artist, published_product, published_video},
    support::{Anonymous, Caller, Program, SignedIn, TestApp, TestResponse, callers::build},
};

/// Types whose charset browsers would guess: text and XML.
fn is_text(kind: &str) -> bool {
    let essence = kind.split(';').next().unwrap().trim();
    essence.starts_with("text/") || essence.ends_with("+xml") || essence.ends_with("/xml")
}

fn check(path: &str, answer: &TestResponse) {
    if answer.body.is_empty() {
        return;
    }
    let kind = answer.header("content-type");
    let kind = kind.unwrap_or_else(|| panic!("{path} says no type"));
    assert!(!kind.is_empty(), "{path}");
    assert_eq!(
        is_text(kind),
        kind.ends_with("; charset=utf-8"),
        "{path}: {kind}"
    );
    let is_json = kind.starts_with("application/json");
    if is_text(kind) || is_json {
        assert!(str::from_utf8(&answer.body).is_ok(), "{path} is no UTF-8");
    }
}

#[tokio::test]
async fn every_file_says_its_charset() {
    let app = TestApp::start().await;
    assert!(SITE.files.iter().any(|file| file.path.ends_with(".svg")));
    for file in SITE.files {
        let answer = Anonymous::of(&app).visit(file.path).await.is(200);
        check(file.path, &answer);
    }
}

#[tokio::test]
async fn every_answer_says_its_charset() {
    let app = TestApp::start().await;
    let ada = Creator::with(&app, &published_artist("Ada")).await;
    ada.video(&published_video("Film")).await;
    ada.product(&published_product("Lamp")).await;
    let signed_in = SignedIn::sign_up(&app, "ada@example.org").await;
    for path in [
        "/",
        "/artists",
        "/artists/ada",
        "/videos/ada/film",
        "/products/ada/lamp",
        "/search?q=lamp",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap/pages.xml",
        "/sitemap/videos-1.xml",
        "/login",
        "/signup",
        "/account",
        "/studio",
        "/studio/videos/new",
        "/studio/bin",
        "/nowhere",
        "/go/nowhere",
        "/healthz",
        "/readyz",
        "/v1/test",
        "/v1/artists",
        "/v1/nowhere",
        "/api/nowhere",
    ] {
        check(path, &Anonymous::of(&app).visit(path).await);
        check(path, &signed_in.visit(path).await);
        check(path, &signed_in.submit(path, &[]).await);
        check(
            path,
            &Program::of(&app)
                .get(path)
                .host("evil.example")
                .send()
                .await,
        );
        let foreign = signed_in.post(path).header("sec-fetch-site", "cross-site");
        check(path, &foreign.send().await);
        let call = signed_in.post(path).header("x-inspired-build", build());
        check(path, &call.json(&serde_json::json!({})).send().await);
    }
}
