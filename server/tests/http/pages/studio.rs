//! `/studio`

mod access;
mod choices;
mod clash;
mod creator;
mod foreign_hosts;
mod form;
mod functions;
mod hostile;
mod kept_choices;
mod life;
mod lists;
mod refusals;
mod retailers;
mod rows;
mod tag;
mod trash;
mod typed;
mod visit;

use reqwest::Method;

use crate::support::{Anonymous, Caller, SignedIn, TestApp};

#[tokio::test]
async fn without_a_session_people_are_asked_to_log_in_and_return() {
    let app = TestApp::start().await;
    let anonymous = Anonymous::of(&app);
    let answer = anonymous
        .visit("/studio")
        .await
        .leads_to("/login?next=%2Fstudio");
    assert!(answer.body.is_empty(), "{}", answer.text());
    anonymous
        .visit("/studio?tab=2&q=a%20b")
        .await
        .leads_to("/login?next=%2Fstudio%3Ftab%3D2%26q%3Da%2520b");
    anonymous.call(Method::HEAD, "/studio").send().await.is(303);
}

#[tokio::test]
async fn what_there_is_in_the_studio_is_told_to_nobody_without_a_session() {
    let app = TestApp::start().await;
    let anonymous = Anonymous::of(&app);
    anonymous
        .visit("/studio/x?y")
        .await
        .leads_to("/login?next=%2Fstudio%2Fx%3Fy");
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let html = ada.visit("/studio/x").await.is(404).page();
    assert!(html.contains("Nothing is pinned here"), "{html}");
    ada.visit("/studio/").await.is(308);
}

#[tokio::test]
async fn with_a_session_it_is_shown_and_never_kept() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let answer = ada.visit("/studio").await.is(200);
    assert!(answer.page().contains("Welcome to your studio"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(answer.set_cookies().is_empty());
}

#[tokio::test]
async fn no_spelling_of_the_path_gets_around_the_login() {
    let app = TestApp::start().await;
    for path in [
        "/studio/",
        "//studio",
        "/./studio",
        "/login/../studio",
        "/%73tudio",
        "/studio%2f",
        "/STUDIO",
        "/studio;x",
        "/studio%00",
    ] {
        let answer = Anonymous::of(&app).visit(path).await;
        assert!(answer.status != 200, "{path}");
        assert!(
            !answer.lossy().contains("Only you can see this page"),
            "{path}"
        );
    }
}
