//! URLs on other hosts, in every field of every entity.

use serde_json::Value;
use types::catalogue::{
    AlternativeInput, ArtistInput, AttributeInput, Availability, ChapterInput, ImageInput,
    LinkInput, OfferInput, PlacementInput, PriceInput, ProductInput, RetailerInput, Status, Tier,
    TimeInput, VideoInput,
};

use super::{Creator, all_attributes, json_ld, listed, meta, published_product};
use crate::support::{Anonymous, Caller, TestApp};

/// The host in every field.
const MARKER: &str = "marker.example";

/// Attributes that hold text and no URL.
const TEXTS: [&str; 4] = ["alt", "title", "aria-label", "value"];

/// Keys of structured data that hold text.
const TEXT_KEYS: [&str; 2] = ["name", "description"];

/// A text that contains a URL.
fn text() -> String {
    format!("https://{MARKER}/text")
}

fn url(path: &str) -> String {
    format!("https://{MARKER}/{path}")
}

/// Creates entities with the marker in every field. No field is left to `Default`, so that a new field
/// breaks the compilation. Returns the paths of all public pages that may show it.
async fn all_of(app: &TestApp) -> Vec<String> {
    let artist = ArtistInput {
        name: text(),
        slug: "ada".to_owned(),
        bio: text(),
        disclosure: text(),
        links: vec![LinkInput {
            label: text(),
            url: url("link"),
        }],
        status: Status::Published,
    };
    let ada = Creator::with(app, &artist).await;
    let shop = RetailerInput {
        name: text(),
        slug: "shop".to_owned(),
        homepage: url("shop"),
        domains: vec!["shop.example".to_owned()],
    };
    ada.retailer(&shop).await;
    let other = ada.product(&published_product("Other")).await;
    let offered = |url: &str| OfferInput {
        id: String::new(),
        retailer_id: String::new(),
        url: url.to_owned(),
        price: PriceInput::Typed {
            amount: "5".to_owned(),
            currency: "EUR".to_owned(),
        },
        availability: Availability::InStock,
    };
    let product = ProductInput {
        name: text(),
        slug: "lamp".to_owned(),
        brand: text(),
        description: text(),
        gtin: "4006381333931".to_owned(),
        images: vec![ImageInput {
            url: url("picture.jpg"),
            alt: text(),
        }],
        attributes: vec![AttributeInput {
            name: format!("https://{MARKER}/"),
            value: text(),
        }],
        offers: vec![offered(&url("offer")), offered("https://shop.example/1")],
        alternatives: vec![AlternativeInput {
            product_id: other.id.clone(),
            tier: Tier::Cheaper,
        }],
        status: Status::Published,
    };
    let product = ada.product(&product).await;
    let video = |slug: &str, link: &str| VideoInput {
        title: text(),
        slug: slug.to_owned(),
        description: text(),
        url: link.to_owned(),
        duration: TimeInput::Typed("2:00".to_owned()),
        published_on: "2026-11-03".to_owned(),
        chapters: vec![ChapterInput {
            start: TimeInput::Typed("0:30".to_owned()),
            title: text(),
        }]
        .into(),
        placements: vec![PlacementInput {
            id: String::new(),
            product_id: product.id.clone(),
            start: TimeInput::Typed("1:00".to_owned()),
            end: TimeInput::Typed("1:05".to_owned()),
            note: text(),
        }],
        status: Status::Published,
    };
    ada.video(&video("other", &url("watch"))).await;
    let peertube = url("w/kkGMgK9ZtnKfYAgnEtQxbv");
    ada.video(&video("peertube", &peertube)).await;
    ada.video(&video("youtube", "https://youtu.be/dQw4w9WgXcQ"))
        .await;
    listed(app, "/videos", "3 videos").await;
    listed(app, "/products", "2 products").await;
    let unchecked = format!("/go/{}", product.content.offers[0].id);
    let paths = [
        "/",
        "/artists",
        "/videos",
        "/products",
        "/artists/ada",
        "/videos/ada/other",
        "/videos/ada/peertube",
        "/videos/ada/youtube",
        "/products/ada/lamp",
        "/products/ada/other",
        "/search?q=marker",
        "/search?q=marker&kind=video",
        "/search?q=nothing",
        "/sitemap.xml",
        "/sitemap/artists-1.xml",
        "/sitemap/videos-1.xml",
        "/sitemap/products-1.xml",
        "/robots.txt",
        &unchecked,
    ];
    paths.map(ToOwned::to_owned).to_vec()
}

/// Where the marker occurs on a page besides text: attributes, structured data and headers.
async fn places(app: &TestApp, path: &str) -> Vec<String> {
    let answer = Anonymous::of(app).visit(path).await;
    assert!(
        [200, 404].contains(&answer.status),
        "{path}: {}",
        answer.status
    );
    let mut places: Vec<_> = answer
        .headers
        .iter()
        .filter(|(_, value)| value.to_str().is_ok_and(|value| value.contains(MARKER)))
        .map(|(name, _)| format!("header {name}"))
        .collect();
    let html = answer.text();
    for property in [
        "og:image",
        "og:video",
        "og:url",
        "twitter:image",
        "canonical",
    ] {
        if meta_or_none(&html, property).is_some_and(|value| value.contains(MARKER)) {
            places.push(format!("meta {property}"));
        }
    }
    for (element, name, value) in all_attributes(&html) {
        let is_text = TEXTS.contains(&name.as_str()) || (element == "meta" && name == "content");
        if value.contains(MARKER) && !is_text {
            places.push(format!("{element} {name} {value}"));
        }
    }
    for document in json_ld(&html) {
        collect(&document, "", &mut places);
    }
    if let Some((url, origin)) = player(&html) {
        let named = [("url", url), ("origin", origin)];
        let named = named.iter().filter(|(_, value)| value.contains(MARKER));
        places.extend(named.map(|(name, value)| format!("player {name} {value}")));
    }
    places
}

/// The URL and the origin of the player. Only the model of the page has them: no frame is rendered
/// before a click.
fn player(html: &str) -> Option<(&str, &str)> {
    let (_, source) = html.split_once(r#"\\\"player\\\":{\\\"url\\\":\\\""#)?;
    let (url, rest) = source.split_once(r#"\\\",\\\"origin\\\":\\\""#)?;
    let (origin, _) = rest.split_once(r#"\\\""#)?;
    Some((url, origin))
}

fn meta_or_none(html: &str, name: &str) -> Option<String> {
    html.contains("</head>").then(|| meta(html, name)).flatten()
}

/// Values of structured data that contain the marker and are no text.
fn collect(value: &Value, key: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(key, value)| collect(value, key, places)),
        Value::Array(items) => items.iter().for_each(|value| collect(value, key, places)),
        Value::String(text) if text.contains(MARKER) && !TEXT_KEYS.contains(&key) => {
            places.push(format!("json-ld {key} {text}"));
        }
        _ => {}
    }
}

#[tokio::test]
async fn a_host_that_is_not_approved_is_led_to_and_loaded_from_by_no_page() {
    let app = TestApp::start().await;
    for path in all_of(&app).await {
        assert_eq!(places(&app, &path).await, [""; 0], "{path}");
    }
}

#[tokio::test]
async fn each_list_of_the_operator_allows_its_own_places_and_no_others() {
    let play = "/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv";
    let watch = "/w/kkGMgK9ZtnKfYAgnEtQxbv";
    for (option, expected) in [
        (
            "--picture-hosts",
            vec![
                ("/products/ada/lamp", "meta og:image".to_owned()),
                (
                    "/products/ada/lamp",
                    format!("img src {}", url("picture.jpg")),
                ),
                (
                    "/products/ada/lamp",
                    format!("json-ld image {}", url("picture.jpg")),
                ),
            ],
        ),
        (
            "--link-hosts",
            vec![
                ("/artists/ada", format!("a href {}", url("link"))),
                ("/artists/ada", format!("json-ld sameAs {}", url("link"))),
                ("/videos/ada/other", format!("a href {}", url("watch"))),
                (
                    "/videos/ada/peertube",
                    format!("a href https://{MARKER}{watch}"),
                ),
                (
                    "/videos/ada/peertube",
                    format!("a href https://{MARKER}{watch}?start=30s"),
                ),
                (
                    "/videos/ada/peertube",
                    format!("a href https://{MARKER}{watch}?start=60s"),
                ),
            ],
        ),
        (
            "--player-hosts",
            vec![
                ("/artists/ada", format!("a href {}", url("link"))),
                (
                    "/videos/ada/peertube",
                    format!("player url https://{MARKER}{play}"),
                ),
                (
                    "/videos/ada/peertube",
                    format!("player origin https://{MARKER}"),
                ),
            ],
        ),
    ] {
        let app = TestApp::with(&[option, MARKER]).await;
        let loads = option != "--link-hosts";
        let mut seen = Vec::new();
        for path in all_of(&app).await {
            for place in places(&app, &path).await {
                // The policy is the same for all pages and names every listed host.
                if place != "header content-security-policy" {
                    seen.push((path.clone(), place));
                } else {
                    assert!(loads, "{path}");
                }
            }
        }
        for (path, place) in expected {
            let is_there = seen.iter().any(|(of, one)| of == path && *one == place);
            assert!(is_there, "{option}: {path}: {place}: {seen:?}");
        }
        for (path, place) in seen {
            let is_link = place.starts_with("a href") || place.starts_with("json-ld sameAs");
            let is_picture = ["meta og:image", "img src", "json-ld image"];
            let is_picture = is_picture.iter().any(|start| place.starts_with(start));
            let is_player = place.starts_with("player ");
            let is_allowed = match option {
                "--picture-hosts" => is_picture,
                "--link-hosts" => is_link,
                _ => is_player || is_link,
            };
            assert!(is_allowed, "{option}: {path}: {place}");
        }
    }
}

#[tokio::test]
async fn a_player_that_is_not_listed_is_a_link_and_so_is_a_known_one_that_is_taken_from_the_list() {
    let app = TestApp::with(&["--player-hosts", "films.example"]).await;
    all_of(&app).await;
    let anonymous = Anonymous::of(&app);
    let html = anonymous.visit("/videos/ada/peertube").await.is(200).page();
    assert_eq!(player(&html), None, "{html}");
    assert!(!html.contains("Play, from "), "{html}");
    assert!(html.contains(&format!("Watch on {MARKER}")), "{html}");
    let html = anonymous.visit("/videos/ada/youtube").await.is(200).page();
    assert!(
        !html.contains("youtube-nocookie") && !html.contains("ytimg"),
        "{html}"
    );
    assert!(
        html.contains("href=\"https://www.youtube.com/watch?v=dQw4w9WgXcQ\""),
        "{html}"
    );
    let html = anonymous.visit("/products/ada/lamp").await.is(200).page();
    let note = format!("Pictures from {MARKER} are not shown here.");
    assert!(html.contains(&note) && !html.contains("<img"), "{html}");
}

#[tokio::test]
async fn the_host_of_a_link_stands_beside_its_label() {
    let app = TestApp::start().await;
    let artist = ArtistInput {
        links: vec![LinkInput {
            label: "www.youtube.com (checked)".to_owned(),
            url: "https://unchecked-shop.com/buy".to_owned(),
        }],
        ..super::published_artist("Ada")
    };
    Creator::with(&app, &artist).await;
    let html = Anonymous::of(&app)
        .visit("/artists/ada")
        .await
        .is(200)
        .page();
    let links = html.split("class=\"artist-link\"").nth(1).unwrap();
    let link = links.split("</a>").next().unwrap();
    assert!(
        link.contains("www.youtube.com (checked)") && link.contains(">unchecked-shop.com<"),
        "{link}"
    );
}
