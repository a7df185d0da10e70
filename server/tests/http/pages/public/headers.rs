//! Response headers and metadata of public pages.

use serde_json::Value;
use types::catalogue::{ChapterInput, ImageInput, ProductInput, TimeInput, VideoInput};

use super::{Creator, json_ld, meta, offer, placement, published_product, published_video};
use crate::support::{Anonymous, Caller, SignedIn, TestApp};

const SITE: &str = "https://inspired.example";

/// A creator with a video and a product, on a server with a public URL.
async fn with_things() -> TestApp {
    let hosts = "a.example,b.example";
    let app = TestApp::with(&["--public-url", SITE, "--picture-hosts", hosts]).await;
    fill(&app).await;
    app
}

async fn fill(app: &TestApp) {
    let ada = Creator::named(app, "Ada").await;
    ada.shop("Shop", "shop.example").await;
    let image = |url: &str| ImageInput {
        url: url.to_owned(),
        alt: "A lamp".to_owned(),
    };
    let lamp = ProductInput {
        brand: "Bright".to_owned(),
        description: "Shines.\nA lot.".to_owned(),
        gtin: "4006381333931".to_owned(),
        images: vec![
            image("https://a.example/1.jpg"),
            image("https://a.example/2.jpg"),
            image("https://b.example/1.jpg"),
        ],
        offers: vec![
            offer("https://shop.example/1", "20.50", "EUR"),
            offer("https://shop.example/2", "30", "EUR"),
            offer("https://shop.example/3", "3000", "JPY"),
            offer("https://unknown.example/4", "1", "EUR"),
        ],
        ..published_product("Lamp")
    };
    let lamp = ada.product(&lamp).await;
    ada.product(&published_product("Priceless")).await;
    let mut at_83 = placement(&lamp, 83);
    at_83.end = TimeInput::Typed("1:30".to_owned());
    let chapter = |start: &str, title: &str| ChapterInput {
        start: TimeInput::Typed(start.to_owned()),
        title: title.to_owned(),
    };
    let video = VideoInput {
        description: "About light.".to_owned(),
        url: "https://youtu.be/dQw4w9WgXcQ".to_owned(),
        duration: TimeInput::Typed("2:00".to_owned()),
        published_on: "2026-11-03".to_owned(),
        chapters: vec![chapter("0:00", "Dark"), chapter("1:00.5", "Light")].into(),
        placements: vec![at_83],
        ..published_video("Film")
    };
    ada.video(&video).await;
    let other = VideoInput {
        url: "https://vimeo.com/123456".to_owned(),
        ..published_video("Elsewhere")
    };
    ada.video(&other).await;
    ada.video(&published_video("Nowhere")).await;
}

async fn page(app: &TestApp, path: &str) -> String {
    Anonymous::of(app).visit(path).await.is(200).page()
}

fn node<'a>(data: &'a [Value], of: &str) -> Option<&'a Value> {
    data.iter().find(|node| node["@type"] == of)
}

#[tokio::test]
async fn every_page_says_where_it_stands_by_the_name_of_the_site() {
    let app = with_things().await;
    for (path, canonical) in [
        ("/", "/"),
        ("/videos?utm=1", "/videos"),
        ("/products", "/products"),
        ("/artists", "/artists"),
        ("/artists/ada?x", "/artists/ada"),
        ("/videos/ada/film?t=83", "/videos/ada/film"),
        ("/products/ada/lamp", "/products/ada/lamp"),
    ] {
        let answer = Anonymous::of(&app)
            .get(path)
            .header("x-forwarded-host", "evil.example")
            .send()
            .await
            .is(200);
        let html = answer.page();
        let url = format!("{SITE}{canonical}");
        assert_eq!(
            meta(&html, "canonical").as_deref(),
            Some(url.as_str()),
            "{path}"
        );
        assert_eq!(
            meta(&html, "og:url").as_deref(),
            Some(url.as_str()),
            "{path}"
        );
        assert!(
            meta(&html, "og:title").is_some_and(|title| !title.is_empty()),
            "{path}"
        );
        assert!(meta(&html, "og:type").is_some(), "{path}");
        assert!(
            meta(&html, "description").is_some_and(|text| !text.is_empty()),
            "{path}"
        );
        assert!(!html.contains("evil.example"), "{path}");
    }
}

#[tokio::test]
async fn a_link_that_is_sent_shows_what_it_leads_to() {
    let app = with_things().await;
    let html = page(&app, "/products/ada/lamp").await;
    for (property, content) in [
        ("og:title", "Lamp, Bright"),
        ("og:description", "Shines. A lot."),
        ("og:type", "product"),
        ("og:image", "https://a.example/1.jpg"),
        ("og:site_name", "Inspired"),
    ] {
        assert_eq!(meta(&html, property).as_deref(), Some(content));
    }
    assert!(html.contains("<title>Lamp, Bright · Inspired</title>"));
    let html = page(&app, "/videos/ada/film").await;
    assert_eq!(meta(&html, "og:type").as_deref(), Some("video.other"));
    let picture = "https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg";
    assert_eq!(meta(&html, "og:image").as_deref(), Some(picture));
    let html = page(&app, "/artists/ada").await;
    assert_eq!(meta(&html, "og:type").as_deref(), Some("profile"));
}

#[tokio::test]
async fn a_video_is_described_with_its_clips() {
    let app = with_things().await;
    let data = json_ld(&page(&app, "/videos/ada/film").await);
    let video = node(&data, "VideoObject").unwrap();
    assert_eq!(video["name"], "Film");
    assert_eq!(video["description"], "About light.");
    assert_eq!(video["uploadDate"], "2026-11-03T00:00:00Z");
    assert_eq!(video["duration"], "PT2M");
    assert_eq!(
        video["embedUrl"],
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    );
    let clips = video["hasPart"].as_array().unwrap();
    let clips: Vec<_> = clips
        .iter()
        .map(|clip| {
            (
                &clip["name"],
                &clip["startOffset"],
                &clip["endOffset"],
                &clip["url"],
            )
        })
        .map(|(name, start, end, url)| format!("{name} {start} {end} {url}"))
        .collect();
    assert_eq!(
        clips,
        [
            format!(r#""Dark" 0 60 "{SITE}/videos/ada/film?t=0""#),
            format!(r#""Light" 60 120 "{SITE}/videos/ada/film?t=60""#),
            format!(r#""Lamp" 83 90 "{SITE}/videos/ada/film?t=83""#),
        ]
    );
    let way = node(&data, "BreadcrumbList").unwrap();
    let items = way["itemListElement"].as_array().unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!(items[2]["item"], format!("{SITE}/videos/ada/film"));
    // Without a thumbnail or a date the node would be incomplete.
    for path in ["/videos/ada/elsewhere", "/videos/ada/nowhere"] {
        let data = json_ld(&page(&app, path).await);
        assert!(node(&data, "VideoObject").is_none(), "{path}: {data:?}");
        assert!(node(&data, "BreadcrumbList").is_some(), "{path}");
    }
}

#[tokio::test]
async fn a_product_is_described_with_one_aggregate_for_each_currency() {
    let app = with_things().await;
    let data = json_ld(&page(&app, "/products/ada/lamp").await);
    let product = node(&data, "Product").unwrap();
    assert_eq!(product["name"], "Lamp");
    assert_eq!(product["brand"]["name"], "Bright");
    assert_eq!(product["gtin"], "4006381333931");
    let offers = product["offers"].as_array().unwrap();
    let offers: Vec<_> = offers
        .iter()
        .map(|one| {
            assert_eq!(one["@type"], "AggregateOffer");
            let parts = ["priceCurrency", "lowPrice", "highPrice", "offerCount"];
            parts.map(|part| one[part].to_string()).join(" ")
        })
        .collect();
    // An offer of an unapproved retailer is not listed.
    assert_eq!(
        offers,
        [r#""EUR" "20.50" "30.00" 2"#, r#""JPY" "3000" "3000" 1"#]
    );
    let data = json_ld(&page(&app, "/products/ada/priceless").await);
    assert!(node(&data, "Product").is_none(), "{data:?}");
}

#[tokio::test]
async fn an_artist_is_described_as_somebody() {
    let app = with_things().await;
    let data = json_ld(&page(&app, "/artists/ada").await);
    let profile = node(&data, "ProfilePage").unwrap();
    assert_eq!(profile["mainEntity"]["@type"], "Person");
    assert_eq!(profile["mainEntity"]["name"], "Ada");
    assert_eq!(profile["url"], format!("{SITE}/artists/ada"));
}

#[tokio::test]
async fn a_visitors_page_is_asked_for_anew_and_a_personal_one_is_never_kept() {
    let app = TestApp::start().await;
    fill(&app).await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for path in [
        "/",
        "/videos",
        "/artists/ada",
        "/videos/ada/film",
        "/products/ada/lamp",
        "/search?q=lamp",
    ] {
        let answer = Anonymous::of(&app).visit(path).await.is(200);
        assert_eq!(
            answer.header("cache-control"),
            Some("private, no-cache"),
            "{path}"
        );
        assert_eq!(answer.header("vary"), Some("Cookie"), "{path}");
        let answer = ada.visit(path).await.is(200);
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert!(answer.page().contains("ada@example.org"), "{path}");
    }
}
