//! Structured data is complete for search engines: <https://developers.google.com/search/docs/appearance/structured-data>.

use std::collections::HashSet;

use serde_json::Value;
use types::catalogue::{ChapterInput, ProductInput, TimeInput, VideoInput};

use super::{
    Creator, attributes, json_ld, main_of, meta, offer, placement, published_product,
    published_video,
};
use crate::support::{Anonymous, Caller, TestApp};

fn chapter(start: &str, title: &str) -> ChapterInput {
    ChapterInput {
        start: TimeInput::Typed(start.to_owned()),
        title: title.to_owned(),
    }
}

fn film(title: &str, duration: &str, chapters: Vec<ChapterInput>) -> VideoInput {
    VideoInput {
        url: format!("https://youtu.be/{:A<11}", title.replace(' ', "")),
        duration: TimeInput::Typed(duration.to_owned()),
        published_on: "2026-11-03".to_owned(),
        chapters: chapters.into(),
        ..published_video(title)
    }
}

async fn clips(app: &TestApp, slug: &str) -> Vec<(String, u64, Option<u64>)> {
    let path = format!("/videos/ada/{slug}");
    let html = Anonymous::of(app).visit(&path).await.is(200).page();
    let data = json_ld(&html);
    let video = data.iter().find(|node| node["@type"] == "VideoObject");
    let clips = video.unwrap()["hasPart"].as_array().cloned();
    let clip = |clip: Value| {
        let start = clip["startOffset"].as_u64().unwrap();
        let url = format!("{}{path}?t={start}", app.url);
        assert_eq!(clip["url"].as_str(), Some(url.as_str()));
        let name = clip["name"].as_str().unwrap().to_owned();
        (name, start, clip["endOffset"].as_u64())
    };
    clips.unwrap_or_default().into_iter().map(clip).collect()
}

#[tokio::test]
async fn each_start_is_one_clip_that_lasts_and_lies_within_the_video() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada").await;
    let lamp = ada.product(&published_product("Lamp")).await;
    let sofa = ada.product(&published_product("Sofa")).await;
    let mut short = placement(&sofa, 0);
    short.end = TimeInput::Millis(400);
    let mut at_30 = placement(&sofa, 30);
    at_30.end = TimeInput::Millis(35_500);
    let mut late = placement(&lamp, 119);
    late.end = TimeInput::Millis(120_000);
    let same = VideoInput {
        placements: vec![placement(&lamp, 0), short, at_30, late],
        ..film(
            "Same",
            "2:00",
            vec![
                chapter("0:00", "Intro"),
                chapter("0:10", "One"),
                chapter("0:10.5", "Two"),
            ],
        )
    };
    ada.video(&same).await;
    assert_eq!(
        clips(&app, "same").await,
        [
            ("Intro · Lamp · Sofa".to_owned(), 0, Some(10)),
            ("One · Two".to_owned(), 10, Some(120)),
            ("Sofa".to_owned(), 30, Some(36)),
            ("Lamp".to_owned(), 119, Some(120)),
        ]
    );
    // Without the duration of the video the end of the last chapter is unknown.
    let endless = VideoInput {
        placements: vec![placement(&lamp, 5)],
        ..film(
            "Endless",
            "",
            vec![chapter("0:00", "Intro"), chapter("0:05", "On")],
        )
    };
    ada.video(&endless).await;
    assert_eq!(
        clips(&app, "endless").await,
        [
            ("Intro".to_owned(), 0, Some(5)),
            ("On · Lamp".to_owned(), 5, None)
        ]
    );
    // A placement whose end equals its start has no end: an end must be greater.
    let mut moment = placement(&lamp, 20);
    moment.end = TimeInput::Millis(20_000);
    let moments = VideoInput {
        placements: vec![moment],
        ..film("Moments", "1:00", Vec::new())
    };
    ada.video(&moments).await;
    let lamp_alone = ("Lamp".to_owned(), 20, None);
    assert_eq!(clips(&app, "moments").await, [lamp_alone]);
    ada.video(&film("Bare", "", Vec::new())).await;
    assert_eq!(clips(&app, "bare").await, []);
}

/// Checks every node: no value is empty, and each has the format of its type.
fn check(path: &str, name: &str, value: &Value) {
    match value {
        Value::Null => panic!("{path}: {name} is null"),
        Value::Bool(_) => {}
        Value::Number(number) => assert!(number.as_f64().unwrap() >= 0.0, "{path}: {name}"),
        Value::String(text) => {
            assert!(!text.trim().is_empty(), "{path}: {name} is empty");
            check_text(path, name, text);
        }
        Value::Array(values) => {
            assert!(!values.is_empty(), "{path}: {name} is empty");
            values.iter().for_each(|value| check(path, name, value));
        }
        Value::Object(members) => {
            members
                .iter()
                .for_each(|(name, value)| check(path, name, value));
            let required: &[&str] = match value["@type"].as_str().unwrap() {
                "VideoObject" => &["name", "thumbnailUrl", "uploadDate"],
                "Clip" => &["name", "startOffset", "url"],
                "Product" => &["name", "offers"],
                "AggregateOffer" => &["lowPrice", "priceCurrency"],
                "BreadcrumbList" => &["itemListElement"],
                "ListItem" => &["position", "name", "item"],
                "ProfilePage" => &["mainEntity"],
                "Person" | "Brand" => &["name"],
                other => panic!("{path}: nobody says what a {other} must have"),
            };
            for name in required {
                assert!(members.contains_key(*name), "{path}: no {name} in {value}");
            }
        }
    }
}

fn check_text(path: &str, name: &str, text: &str) {
    match name {
        "uploadDate" => {
            let (day, time) = text.split_once('T').unwrap();
            assert!(day.len() == 10 && time.ends_with('Z'), "{path}: {text}");
        }
        "duration" => {
            let rest = text.strip_prefix("PT").unwrap();
            assert!(
                rest.contains(|c: char| ('1'..='9').contains(&c)),
                "{path}: {text}"
            );
        }
        "lowPrice" | "highPrice" => assert!(text.parse::<f64>().is_ok(), "{path}: {text}"),
        "priceCurrency" => assert_eq!(text.len(), 3, "{path}: {text}"),
        "url" | "item" | "embedUrl" | "thumbnailUrl" | "sameAs" | "image" => {
            assert!(text.starts_with("http"), "{path}: {name} {text}");
        }
        _ => {}
    }
}

#[tokio::test]
async fn nothing_is_said_that_a_reader_declares_invalid() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada").await;
    ada.shop("Shop", "shop.example").await;
    let with = |name: &str, offers: &[(&str, &str)]| ProductInput {
        offers: offers
            .iter()
            .map(|(amount, currency)| {
                offer(
                    &format!("https://shop.example/{name}{amount}"),
                    amount,
                    currency,
                )
            })
            .collect(),
        ..published_product(name)
    };
    ada.product(&with(
        "Sold",
        &[("20.50", "EUR"), ("0", "USD"), ("3000", "JPY")],
    ))
    .await;
    ada.product(&published_product("Priceless")).await;
    let mut asked = with("Asked", &[("1", "EUR")]);
    asked.offers[0].price = Default::default();
    ada.product(&asked).await;
    ada.video(&film("Nothing", "0", Vec::new())).await;
    ada.video(&film("Whole", "1:02:03.5", vec![chapter("0:00", "Intro")]))
        .await;
    ada.video(&VideoInput {
        published_on: String::new(),
        ..film("Undated", "1:00", Vec::new())
    })
    .await;
    let mut seen = HashSet::new();
    for path in [
        "/artists/ada",
        "/products/ada/sold",
        "/products/ada/priceless",
        "/products/ada/asked",
        "/videos/ada/nothing",
        "/videos/ada/whole",
        "/videos/ada/undated",
        "/videos",
    ] {
        let html = Anonymous::of(&app).visit(path).await.is(200).page();
        for node in json_ld(&html) {
            check(path, "", &node_without_context(&node));
            seen.insert((path, node["@type"].as_str().unwrap().to_owned()));
        }
    }
    let has = |path, kind: &str| seen.contains(&(path, kind.to_owned()));
    assert!(has("/products/ada/sold", "Product") && has("/videos/ada/whole", "VideoObject"));
    // A product without a price and a video without a date have no node.
    assert!(!has("/products/ada/priceless", "Product") && !has("/products/ada/asked", "Product"));
    assert!(!has("/videos/ada/undated", "VideoObject"));
}

fn node_without_context(node: &Value) -> Value {
    assert_eq!(node["@context"], "https://schema.org");
    let mut members = node.as_object().unwrap().clone();
    members.remove("@context");
    members.into()
}

#[tokio::test]
async fn the_address_of_a_clip_starts_the_video_there() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada").await;
    ada.video(&film("Film", "2:00", vec![chapter("0:00", "Intro")]))
        .await;
    let page = async |query: &str| {
        let path = format!("/videos/ada/film{query}");
        let html = Anonymous::of(&app).visit(&path).await.is(200).page();
        let canonical = format!("{}/videos/ada/film", app.url);
        assert_eq!(meta(&html, "canonical"), Some(canonical), "{query}");
        html
    };
    for query in [
        "?t=83",
        "?t=83s",
        "?t=1:23",
        "?t=1m23s",
        "?utm_source=x&t=83",
    ] {
        let html = page(query).await;
        let main = main_of(&html);
        assert!(main.contains("Play, from YouTube, from 1:23 on"), "{query}");
        // Without JavaScript the link leads to that second at the provider.
        let hrefs = attributes(main, "href");
        let at_83 = hrefs.iter().filter(|href| href.ends_with("&t=83s")).count();
        assert_eq!(at_83, 2, "{hrefs:?}");
    }
    for query in [
        "",
        "?t=0",
        "?t=",
        "?t=120",
        "?t=-1",
        "?t=%3Cscript%3E",
        "?t=99999999999",
    ] {
        let html = page(query).await;
        let main = main_of(&html);
        assert!(main.contains("Play, from YouTube<"), "{query}");
        assert!(
            !main.contains("&amp;t=") && !main.contains("<script>"),
            "{query}"
        );
    }
}

/// A clip may start in the last second of a video even if that is a fraction.
#[tokio::test]
async fn the_address_of_a_clip_in_the_last_second_starts_the_video_there() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada").await;
    let chapters = vec![chapter("0:00", "Intro"), chapter("1:23", "End")];
    ada.video(&film("Film", "1:23.5", chapters)).await;
    let expected = [
        ("Intro".to_owned(), 0, Some(83)),
        ("End".to_owned(), 83, Some(84)),
    ];
    assert_eq!(clips(&app, "film").await, expected);
    for (query, start) in [("?t=83", ", from 1:23 on"), ("?t=84", "")] {
        let path = format!("/videos/ada/film{query}");
        let html = Anonymous::of(&app).visit(&path).await.is(200).page();
        let play = format!("Play, from YouTube{start}<");
        assert!(main_of(&html).contains(&play), "{query}");
    }
}

/// The player replaces the link to the video, so there is a second link.
#[tokio::test]
async fn the_link_to_the_video_stays_beside_a_player() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada").await;
    for (title, url, beside) in [
        ("A", "https://youtu.be/dQw4w9WgXcQ", 1),
        ("B", "https://vimeo.com/76979871", 1),
        ("C", "https://films.example/film", 0),
    ] {
        let video = VideoInput {
            url: url.to_owned(),
            ..published_video(title)
        };
        let video = ada.video(&video).await;
        let path = format!("/videos/ada/{}", video.slug);
        let html = Anonymous::of(&app).visit(&path).await.is(200).page();
        let main = main_of(&html);
        assert_eq!(main.matches("Play, from ").count(), beside, "{url}");
        let link = &video.content.link.as_ref().unwrap().url;
        let links = attributes(main, "href");
        // A link to a host that is not approved leads to the leave page.
        let is_link = |href: &&String| *href == link || href.starts_with("/leave/");
        let links = links.iter().filter(is_link).count();
        assert_eq!(links, beside + 1, "{main}");
        let (_, behind) = main.split_once("poster-play").unwrap();
        let (poster, _) = behind.split_once("</div>").unwrap();
        assert!(
            !poster.contains("poster-link"),
            "it would go with the poster"
        );
    }
}
