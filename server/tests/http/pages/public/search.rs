//! The search.

use types::catalogue::{ArtistInput, ProductInput, VideoInput};

use super::{
    Creator, attributes, count, listed, main_of, published_artist, published_product,
    published_video,
};
use crate::support::{Anonymous, Caller, TestApp};

async fn with_lamps(app: &TestApp) {
    let lampert = ArtistInput {
        bio: "Paints with light.".to_owned(),
        ..published_artist("Lampert Lux")
    };
    let lampert = Creator::with(app, &lampert).await;
    for number in 1..=8 {
        let lamp = ProductInput {
            brand: "Bright".to_owned(),
            ..published_product(&format!("Lamp {number}"))
        };
        lampert.product(&lamp).await;
    }
    let video = VideoInput {
        description: format!(
            "{} Then the lamp comes on. {}",
            "Dark. ".repeat(60),
            "End. ".repeat(60)
        ),
        ..published_video("An evening")
    };
    lampert.video(&video).await;
    listed(app, "/products", "8 products").await;
    listed(app, "/videos", "1 video").await;
}

#[tokio::test]
async fn what_is_found_is_grouped_counted_and_marked() {
    let app = TestApp::start().await;
    with_lamps(&app).await;
    let html = Anonymous::of(&app)
        .visit("/search?q=lamp")
        .await
        .is(200)
        .page();
    let main = main_of(&html);
    for text in [
        ">10 results found<",
        ">8 products<",
        ">1 video<",
        ">1 artist<",
        "<mark>Lamp<!></mark>",
        "<mark>Lampert<!></mark>",
        "<mark>lamp<!></mark>",
        "All 8 products",
    ] {
        assert!(main.contains(text), "{text}: {main}");
    }
    assert_eq!(count(main, "card-product"), 6, "the best of them: {main}");
    let links = attributes(main, "href");
    assert!(
        links.contains(&"/search?q=lamp&kind=product".to_owned()),
        "{links:?}"
    );
    assert_eq!(attributes(main, "value")[0], "lamp");
}

#[tokio::test]
async fn one_kind_is_shown_whole() {
    let app = TestApp::start().await;
    with_lamps(&app).await;
    let html = Anonymous::of(&app)
        .visit("/search?q=lamp&kind=product")
        .await
        .is(200)
        .page();
    let main = main_of(&html);
    assert_eq!(count(main, "card-product"), 8);
    assert_eq!(count(main, "card-video"), 0);
    // Submitting the form again searches the same kind.
    assert!(main.contains("name=\"kind\" value=\"product\""), "{main}");
}

#[tokio::test]
async fn words_brands_and_beginnings_are_found() {
    let app = TestApp::start().await;
    with_lamps(&app).await;
    let anonymous = Anonymous::of(&app);
    for (query, first) in [
        ("bright", "Lamp"),
        ("brig", "Lamp"),
        ("lamp+3", "Lamp"),
        ("BRIGHT+lamp", "Lamp"),
        ("lux", "Lampert"),
        ("even", "evening"),
        ("paints", "Lampert"),
    ] {
        let html = anonymous
            .visit(&format!("/search?q={query}"))
            .await
            .is(200)
            .page();
        let main = main_of(&html);
        let cards = main
            .split("class=\"cards\"")
            .nth(1)
            .unwrap_or_else(|| panic!("{query}: {main}"));
        assert!(cards.contains(first), "{query}: {cards}");
    }
}

#[tokio::test]
async fn what_is_written_in_another_way_is_found_and_marked() {
    let app = TestApp::start().await;
    let ada = Creator::with(&app, &published_artist("Ada Films")).await;
    for name in [
        "GoPro™ Hero 12",
        "Hawaiʻi map",
        "مُحَمَّد",
        "Müller tripod",
        "PS 5 stand",
        "Wi-Fi router",
    ] {
        ada.product(&published_product(name)).await;
    }
    listed(&app, "/products", "6 products").await;
    let anonymous = Anonymous::of(&app);
    for (query, marked) in [
        ("gopro+hero", "<mark>GoPro<!></mark>"),
        ("hawaii", "<mark>Hawaiʻi<!></mark>"),
        ("%D9%85%D8%AD%D9%85%D8%AF", "<mark>مُحَمَّد<!></mark>"),
        ("mueller", "<mark>Müller<!></mark>"),
        ("ps5", "<mark>PS 5<!></mark>"),
        ("wifi+router", "<mark>Wi-Fi<!></mark>"),
    ] {
        let html = anonymous.visit(&format!("/search?q={query}")).await.is(200);
        let html = html.page();
        let main = main_of(&html);
        assert!(main.contains(marked), "{query}: {main}");
        assert_eq!(count(main, "card-product"), 1, "{query}");
    }
    let slug = "/products/ada-films/gopro-hero-12";
    anonymous.visit(slug).await.is(200);
}

#[tokio::test]
async fn a_search_is_never_blank_and_no_robot_keeps_it() {
    let app = TestApp::start().await;
    with_lamps(&app).await;
    let anonymous = Anonymous::of(&app);
    for path in [
        "/search",
        "/search?q=",
        "/search?q=+++",
        "/search?q=%00",
        "/search?kind=video",
        "/search?q=unheard",
        "/search?q=unheard&kind=artist",
        "/search?q=***",
        "/search?q=%FF%FE",
        "/search?q=lamp+unheard",
        "/search?q=lamp&kind=nonsense",
        "/search?q=%22%20OR%201%3D1%20--",
    ] {
        let html = anonymous.visit(path).await.is(200).page();
        let head = html.split("</head>").next().unwrap();
        assert!(
            head.contains("content=\"noindex\"") && !head.contains("canonical"),
            "{path}"
        );
        let main = main_of(&html);
        assert!(
            main.contains("search-form") && main.contains("search-results"),
            "{path}"
        );
        let says = [
            "Type what you remember",
            "Nothing was found",
            "results found",
        ];
        assert!(
            says.iter().any(|text| main.contains(text)),
            "{path}: {main}"
        );
        assert!(
            main.contains("href=\"/videos\"") || main.contains("card "),
            "{path}: {main}"
        );
    }
    let html = anonymous.visit("/search?q=***").await.page();
    assert!(
        html.contains("Nothing was found"),
        "everything is found by no word: {html}"
    );
}

#[tokio::test]
async fn a_query_of_any_length_is_answered() {
    let app = TestApp::start().await;
    let anonymous = Anonymous::of(&app);
    let html = anonymous
        .visit(&format!("/search?q={}", "%F0%9F%8E%AC".repeat(400)))
        .await
        .is(200)
        .page();
    assert_eq!(attributes(main_of(&html), "value")[0].chars().count(), 300);
}

/// A link can contain any words, and a title has no element that isolates them.
#[tokio::test]
async fn the_title_holds_nothing_that_turns_its_text_around() {
    let app = TestApp::start().await;
    let asked = "/search?q=%E2%80%AEmoc.live%E2%81%A6%20x";
    let html = Anonymous::of(&app).visit(asked).await.is(200).page();
    let (_, rest) = html.split_once("<title>").unwrap();
    let (title, _) = rest.split_once("</title>").unwrap();
    assert_eq!(title, "“moc.live x” · Inspired");
}
