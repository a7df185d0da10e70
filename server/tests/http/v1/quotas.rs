//! Quotas and rate limits of changes.

use futures::future::join_all;
use serde_json::json;
use time::Duration;

use crate::support::{
    Caller, SignedIn, TestApp, TestResponse,
    catalogue::{Catalogue, a_thing},
};

/// How many responses are 201; all others must have this sentence.
fn created(answers: &[TestResponse], sentence: &str) -> usize {
    let refused = answers.iter().filter(|answer| answer.status != 201);
    let refused = refused.map(|answer| assert_eq!(answer.is_refusal(409, "full"), sentence));
    answers.len() - refused.count()
}

#[tokio::test]
async fn a_full_account_is_told_the_number_however_many_ask_at_once() {
    let app = TestApp::with(&["--account-artists", "5"]).await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for number in 0..2 {
        ada.artist(&format!("Artist {number}")).await;
    }
    let artists: Vec<_> = (2..26)
        .map(|number| json!({ "name": format!("Artist {number}") }))
        .collect();
    let answers = join_all(artists.iter().map(|body| ada.create("artists", body))).await;
    let sentence = "You have 5 artists, which is the most an account may have here.";
    assert_eq!(created(&answers, sentence), 3);
}

#[tokio::test]
async fn an_artist_has_quotas_of_its_own() {
    let app = TestApp::with(&[
        "--artist-videos",
        "2",
        "--artist-products",
        "2",
        "--artist-proposals",
        "2",
    ])
    .await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for (kind, what) in [
        ("videos", "videos"),
        ("products", "products"),
        ("retailers", "shops that wait for a moderator"),
    ] {
        let bodies: Vec<_> = (0..8)
            .map(|number| a_thing(kind, artist.id(), &format!("Thing {number}")))
            .collect();
        let answers = join_all(bodies.iter().map(|body| ada.create(kind, body))).await;
        let sentence =
            format!("This artist has 2 {what}, which is the most an artist may have here.");
        assert_eq!(created(&answers, &sentence), 2, "{kind}");
    }
}

#[tokio::test]
async fn the_studio_says_the_number_and_keeps_what_was_typed() {
    let app = TestApp::with(&["--account-artists", "1"]).await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada").await;
    let form = [("name", "A second one"), ("status", "draft")];
    let page = ada.submit("/studio/artists/new", &form).await.is(409);
    let text = page.text();
    assert!(text.contains("You have 1 artist, which is the most an account may have here."));
    assert!(text.contains("A second one"));
}

#[tokio::test]
async fn six_hundred_changes_at_once_make_the_next_wait() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let restore = async || ada.restore(&artist.path).await;
    for _ in 0..599 {
        restore().await.is(200);
    }
    let refused = restore().await;
    refused.is_refusal(429, "rate_limited");
    assert_eq!(refused.header("retry-after"), Some("1"));
    app.pass(Duration::SECOND);
    restore().await.is(200);
    // Reads are not limited, and every account has tokens of its own.
    ada.read(&artist.path).await.is(200);
    SignedIn::sign_up(&app, "bob@example.org")
        .await
        .artist("Bob")
        .await;
}

#[tokio::test]
async fn a_reserved_slug_is_refused_with_a_sentence() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let body = json!({ "name": "Ada", "slug": "support" });
    let refused = ada.create("artists", &body).await;
    assert_eq!(
        refused.is_refusal(400, "invalid"),
        "'slug' is kept for those who run this site."
    );
}
