//! Notes for the author about URLs on other hosts.

use serde_json::{Value, json};

use super::form::Form;
use crate::{
    pages::public::all_attributes,
    support::{Caller as _, SignedIn, TestApp},
};

const PICTURES: &str = "Visitors do not see your pictures from a.example, b.example,";
const LINKS: &str = "Nobody here has approved unchecked-shop.com yet,";
const PLAYER: &str = "has not approved the player of films.example,";
const VIDEO_LINK: &str = "Nobody here has approved films.example yet,";

async fn make(ada: &SignedIn, kind: &str, body: Value) -> String {
    let made = ada.post(&format!("/v1/{kind}")).json(&body).send().await;
    let made = made.is(201).json();
    made["data"]["id"].as_str().unwrap().to_owned()
}

/// The pages of an artist, a product and a video with URLs on other hosts.
async fn pages(ada: &SignedIn) -> [String; 3] {
    let links = json!([{ "label": "Buy it", "url": "https://unchecked-shop.com/buy" },
        { "label": "Channel", "url": "https://www.youtube.com/@ada" }]);
    let artist = make(ada, "artists", json!({ "name": "Ada", "links": links })).await;
    let images = json!([{ "url": "https://b.example/1.jpg", "alt": "One" },
        { "url": "https://a.example/2.jpg", "alt": "Two" },
        { "url": "https://b.example/3.jpg", "alt": "Three" }]);
    let product = json!({ "artist_id": artist, "name": "Lamp", "images": images });
    let product = make(ada, "products", product).await;
    let link = "https://films.example/w/kkGMgK9ZtnKfYAgnEtQxbv";
    let placements = json!([{ "product_id": product, "start": 83_000 }]);
    let video = json!({ "artist_id": artist, "title": "Film", "url": link,
        "placements": placements });
    let video = make(ada, "videos", video).await;
    [
        format!("/studio/artists/{artist}"),
        format!("/studio/products/{product}"),
        format!("/studio/videos/{video}"),
    ]
}

#[tokio::test]
async fn the_author_reads_why_something_is_not_shown_and_keeps_it() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let [artist, product, video] = pages(&ada).await;
    for (path, notes, field, url) in [
        (
            &artist,
            vec![LINKS],
            "links[][url]",
            "https://unchecked-shop.com/buy",
        ),
        (
            &product,
            vec![PICTURES],
            "images[][url]",
            "https://b.example/1.jpg",
        ),
        (
            &video,
            vec![PLAYER, VIDEO_LINK],
            "url",
            "https://films.example/w/",
        ),
    ] {
        let html = ada.visit(path).await.is(200).page();
        for note in notes {
            assert!(html.contains(note), "{path}: {note}: {html}");
        }
        for (element, name, value) in all_attributes(&html) {
            let is_foreign = value.replace(&app.url, "").contains("://") && name != "value";
            let is_known = element == "meta";
            assert!(!is_foreign || is_known, "{path}: {element} {name}={value}");
        }
        let form = Form::of(&html, path);
        assert!(form.all(field)[0].starts_with(url), "{path}: {form:?}");
        form.send(&ada).await.is(303);
        let html = ada.visit(path).await.is(200).page();
        assert!(
            Form::of(&html, path).all(field)[0].starts_with(url),
            "{html}"
        );
    }
}

#[tokio::test]
async fn nothing_is_said_of_what_is_listed() {
    let flags = [
        "--picture-hosts",
        "a.example,b.example",
        "--link-hosts",
        "unchecked-shop.com",
        "--player-hosts",
        "films.example",
    ];
    let app = TestApp::with(&flags).await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for path in pages(&ada).await {
        let html = ada.visit(&path).await.is(200).page();
        for note in [PICTURES, LINKS, PLAYER, VIDEO_LINK] {
            assert!(!html.contains(note), "{path}: {note}: {html}");
        }
        let is_video = path.contains("/videos/");
        assert_eq!(html.contains("Load the player of"), is_video);
    }
}
