//! One content security policy for all pages and all users.

use serde_json::json;

use super::public::{Creator, offer, published_artist, published_product, published_video};
use crate::support::{Anonymous, Caller, PASSWORD, SignedIn, TestApp, TestResponse, faulty::Fault};
use types::catalogue::{ArtistInput, ImageInput, LinkInput, ProductInput, VideoInput};

/// The whole policy, without the random nonce of each response.
const POLICY: &str = "default-src 'none'; script-src 'nonce-NONCE' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' https://pictures.example https://*.example.org; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
    base-uri 'none'; object-src 'none'; frame-ancestors 'none'; \
    frame-src https://films.example https://player.vimeo.com";

const FLAGS: [&str; 4] = [
    "--picture-hosts",
    "pictures.example,*.example.org",
    "--player-hosts",
    "films.example,player.vimeo.com",
];

#[track_caller]
fn has_the_policy(answer: &TestResponse, what: &str) {
    let kind = answer.header("content-type").unwrap_or_default();
    assert!(
        kind.starts_with("text/html"),
        "{what}: {} {kind}",
        answer.status
    );
    let policy = answer.header("content-security-policy").unwrap();
    let (before, rest) = policy.split_once("'nonce-").unwrap();
    let (nonce, after) = rest.split_once('\'').unwrap();
    assert!(nonce.len() >= 22, "{nonce}");
    assert_eq!(format!("{before}'nonce-NONCE'{after}"), POLICY, "{what}");
    assert!(!answer.text().contains("data-policy"), "{what}");
}

/// Creates an entity of every kind; returns the paths of the public pages.
async fn public_pages(app: &TestApp) -> Vec<String> {
    let artist = ArtistInput {
        links: vec![LinkInput {
            label: "Elsewhere".to_owned(),
            url: "https://elsewhere.example/".to_owned(),
        }],
        ..published_artist("Ada")
    };
    let ada = Creator::with(app, &artist).await;
    let image = |url: &str| ImageInput {
        url: url.to_owned(),
        alt: "A lamp".to_owned(),
    };
    let lamp = ProductInput {
        images: vec![
            image("https://pictures.example/1.jpg"),
            image("https://unlisted.example/2.jpg"),
        ],
        offers: vec![offer("https://unknown.example/1", "5", "EUR")],
        ..published_product("Lamp")
    };
    let lamp = ada.product(&lamp).await;
    let mut paths = Vec::new();
    for (title, url) in [
        ("Nowhere", ""),
        ("Vimeo", "https://vimeo.com/123456"),
        ("YouTube", "https://youtu.be/dQw4w9WgXcQ"),
        ("Listed", "https://films.example/w/kkGMgK9ZtnKfYAgnEtQxbv"),
        (
            "Unlisted",
            "https://unlisted.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
        ),
        ("Other", "https://unlisted.example/watch"),
    ] {
        let video = VideoInput {
            url: url.to_owned(),
            ..published_video(title)
        };
        paths.push(format!("/videos/ada/{}", ada.video(&video).await.slug));
    }
    let html = Anonymous::of(app).visit("/artists/ada").await.page();
    let leave = super::public::attributes(&html, "href").into_iter();
    paths.extend(leave.filter(|href| href.starts_with("/leave/")));
    paths.push(format!("/go/{}", lamp.content.offers[0].id));
    let others = [
        "/",
        "/artists",
        "/videos",
        "/products",
        "/artists/ada",
        "/products/ada/lamp",
        "/search",
        "/search?q=lamp",
        "/nowhere",
        "/videos/ada/nothing",
        "/leave/x/y",
    ];
    paths.extend(others.map(ToOwned::to_owned));
    paths
}

#[tokio::test]
async fn every_page_has_the_one_policy() {
    let app = TestApp::with(&FLAGS).await;
    let paths = public_pages(&app).await;
    let anonymous = Anonymous::of(&app);
    for path in paths
        .iter()
        .map(String::as_str)
        .chain(["/login", "/signup"])
    {
        has_the_policy(&anonymous.visit(path).await, path);
    }
    let eve = SignedIn::sign_up(&app, "eve@example.org").await;
    for path in &paths {
        has_the_policy(&eve.visit(path).await, path);
    }
    let make = async |kind: &str, body: serde_json::Value| {
        let made = eve.post(&format!("/v1/{kind}")).json(&body).send().await;
        let made = made.is(201).json();
        let id = made["data"]["id"].as_str().unwrap().to_owned();
        (format!("/studio/{kind}/{id}"), id)
    };
    let (artist_page, artist) = make("artists", json!({ "name": "Eve" })).await;
    let link = "https://films.example/w/kkGMgK9ZtnKfYAgnEtQxbv";
    let video = json!({ "artist_id": artist, "title": "Film", "url": link });
    let (video, _) = make("videos", video).await;
    let product = json!({ "artist_id": artist, "name": "Lamp",
        "images": [{ "url": "https://unlisted.example/1.jpg", "alt": "A lamp" }] });
    let (product, _) = make("products", product).await;
    for path in [
        "/account",
        "/studio",
        "/studio/bin",
        "/studio/artists",
        "/studio/videos",
        "/studio/products",
        "/studio/retailers",
        "/studio/videos/new",
        "/studio/products/new",
        "/studio/nothing",
        &artist_page,
        &video,
        &product,
    ] {
        has_the_policy(&eve.visit(path).await, path);
    }
}

#[tokio::test]
async fn what_is_refused_or_fails_has_the_one_policy() {
    let app = TestApp::with(&FLAGS).await;
    let anonymous = Anonymous::of(&app);
    let eve = SignedIn::sign_up(&app, "eve@example.org").await;
    let refused = [("email_address", "x"), ("password", PASSWORD)];
    for (what, status, answer) in [
        ("login", 400, anonymous.submit("/login", &refused).await),
        ("sign-up", 400, anonymous.submit("/signup", &refused).await),
        (
            "names",
            400,
            eve.submit("/account", &[("first_name", "a\u{202E}b")])
                .await,
        ),
        (
            "form",
            422,
            eve.submit("/studio/artists/new", &[("name", "")]).await,
        ),
        ("method", 405, anonymous.submit("/videos", &[]).await),
        (
            "other site",
            403,
            anonymous
                .post("/login")
                .header("origin", "https://evil.example")
                .send()
                .await,
        ),
    ] {
        assert_eq!(answer.status, status, "{what}: {}", answer.lossy());
        has_the_policy(&answer, what);
    }
    app.store.fail(Fault::Unavailable);
    let answer = anonymous.visit("/artists/ada").await.is(503);
    has_the_policy(&answer, "the store is down");
}
