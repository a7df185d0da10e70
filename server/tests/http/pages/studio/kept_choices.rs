//! Choices whose options cannot be read: the chosen value stays, and no untrue error is shown.

use super::{
    creator::Creator,
    form::{Form, error_at, has_others},
};
use crate::support::{Anonymous, Caller as _, SignedIn, TestApp, faulty::Fault};

const PATHS: [(&str, &str); 3] = [
    ("/studio/videos/new", "title"),
    ("/studio/products/new", "name"),
    ("/studio/retailers/new", "name"),
];

/// Creates two artists; returns the id of the one that is not preselected.
async fn with_two_artists(app: &TestApp, address: &str) -> (Creator, String) {
    let ada = Creator::sign_up(app, address).await;
    let names = ["First", "Second"].map(|name| format!("{name} of {address}"));
    let artists = [ada.artist(&names[0]).await, ada.artist(&names[1]).await];
    let html = ada.page("/studio/videos/new").await;
    let first = Form::of(&html, "/studio/videos/new");
    let is_other = |path: &&String| !path.ends_with(first.text("artist_id"));
    let other = artists.iter().find(is_other).unwrap();
    let id = other.rsplit('/').next().unwrap().to_owned();
    (ada, id)
}

#[track_caller]
fn check(html: &str, path: &str, artist: &str) -> Form {
    for untrue in [
        "not there any more",
        "Choose the artist",
        "Add an artist first",
    ] {
        assert!(!html.contains(untrue), "{untrue}: {html}");
    }
    let shown = Form::of(html, path);
    assert_eq!(shown.text("artist_id"), artist, "{path}");
    shown
}

#[tokio::test]
async fn the_chosen_artist_outlives_the_session_and_a_store_that_is_down() {
    let app = TestApp::start().await;
    for (number, (path, field)) in PATHS.into_iter().enumerate() {
        let address = format!("ada{number}@example.org");
        let (mut ada, artist) = with_two_artists(&app, &address).await;
        let form = ada.form(path).await.with("artist_id", &artist);
        let form = form.with(field, &format!("Thing {number}"));
        let form = match path {
            "/studio/retailers/new" => form.at("domains[]", 0, &format!("shop{number}.example")),
            _ => form,
        };
        app.store.fail(Fault::Unavailable);
        let html = form.send(&ada.who).await.is(503).page();
        app.store.fail(Fault::None);
        let form = check(&html, path, &artist);

        ada.who.log_out().await.is(200);
        let html = form.send(&ada.who).await.is(401).page();
        let form = check(&html, path, &artist);
        // Again without a session, and for more rows: the choice is kept.
        let html = form.send(&ada.who).await.is(401).page();
        let more = check(&html, path, &artist).pressed("more", "x");
        let html = more.send(&ada.who).await.page();
        let form = check(&html, path, &artist);

        ada.who = SignedIn::log_in(&app, &address).await;
        let made = Creator::accepted(&form.send(&ada.who).await);
        let html = ada.page(&made).await;
        assert!(html.contains(&format!("Thing {number}")), "{html}");
        if path != "/studio/retailers/new" {
            assert!(html.contains(&artist), "it is of another artist: {html}");
        }
    }
}

#[tokio::test]
async fn an_artist_of_another_account_is_not_said_to_be_gone_only() {
    let app = TestApp::start().await;
    let (ada, artist) = with_two_artists(&app, "ada@example.org").await;
    let bob = Creator::sign_up(&app, "bob@example.org").await;
    let path = "/studio/videos/new";
    let form = ada.form(path).await.with("artist_id", &artist);
    let form = form.with("title", "My room");
    // This account has no artist; the typed values are shown all the same.
    let html = form.send(&bob.who).await.is(422).page();
    assert!(html.contains("or belongs to another account"), "{html}");
    assert_eq!(Form::of(&html, path).text("title"), "My room");
}

#[tokio::test]
async fn a_form_without_an_artist_asks_for_one() {
    let app = TestApp::start().await;
    let (ada, _) = with_two_artists(&app, "ada@example.org").await;
    let typed = [("title", "My room")];
    let answer = ada.who.submit("/studio/videos/new", &typed).await.is(422);
    let html = answer.page();
    assert!(html.contains("Choose the artist"), "{html}");
    assert!(!html.contains("not there any more"), "{html}");
}

/// Products are chosen by name; while they cannot be read no name is refused.
#[tokio::test]
async fn a_chosen_product_stays_while_nobody_knows_which_there_are() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    ada.product("Red lamp").await;
    ada.product("Green sofa").await;
    let video = ada.video("My room").await;
    let product = ada.product("Chair").await;
    for (path, field) in [
        (&video, "placements[][product_id]"),
        (&product, "alternatives[][product_id]"),
    ] {
        let who = SignedIn::log_in(&app, "ada@example.org").await;
        let form = ada
            .form(path)
            .await
            .at(field, 0, "Red lamp")
            .at(field, 1, "green SOFA");
        who.log_out().await.is(200);
        let html = form.send(&who).await.is(401).page();
        let shown = Form::of(&html, path);
        assert_eq!(shown.all(field)[..2], ["Red lamp", "green SOFA"]);
        let list = field.split('[').next().unwrap();
        assert_eq!(error_at(&html, &format!("{list}-0-product_id")), "");
        // The client must not refuse the name either.
        assert!(has_others(&html), "{html}");
        app.store.fail(Fault::Unavailable);
        let html = shown.send(&ada.who).await.is(503).page();
        app.store.fail(Fault::None);
        let shown = Form::of(&html, path);
        assert_eq!(shown.all(field)[..2], ["Red lamp", "green SOFA"]);
        assert!(has_others(&html), "{html}");
        shown.send(&ada.who).await.is(303);
        let kept = ada.form(path).await;
        assert_eq!(kept.all(field)[..2], ["Red lamp", "Green sofa"]);
    }
    Anonymous::of(&app).visit(&video).await.is(303);
}
