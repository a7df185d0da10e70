//! Spellings of values as people type and copy them, sent by a program.

use serde_json::{Value, json};

use crate::support::{SignedIn, TestApp, catalogue::Catalogue};

const ENGLAND: &str = "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";

#[tokio::test]
async fn a_name_that_shows_nothing_is_missing_and_one_that_shows_something_is_kept() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for name in [
        "\u{2800}",
        "\u{3164}",
        "\u{115f}",
        "\u{200b} \u{feff}",
        "\u{fe0f}",
    ] {
        let refused = ada.create("artists", &json!({ "name": name })).await;
        let message = refused.is_refusal(400, "invalid");
        assert_eq!(message, "'name' is required.", "{name:?}");
    }
    for (typed, kept) in [
        (ENGLAND, ENGLAND),
        ("\u{200b}☎\u{fe0e}\u{feff}", "☎\u{fe0e}"),
        ("\u{200f}辻\u{e0100}\u{2060}", "辻\u{e0100}"),
    ] {
        let artist = ada.made("artists", &json!({ "name": typed })).await;
        assert_eq!(artist.data["name"], kept);
    }
}

#[tokio::test]
async fn a_number_of_an_article_is_one_in_all_its_lengths() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let product =
        |name: &str, gtin: &str| json!({ "artist_id": artist.id(), "name": name, "gtin": gtin });
    let made = ada
        .made("products", &product("A", "UPC 0 36000 29145 2"))
        .await;
    assert_eq!(made.data["gtin"], "036000291452");
    let made = ada
        .made(
            "products",
            &product("B", "ISBN 0\u{2011}306\u{2011}40615\u{2011}2"),
        )
        .await;
    assert_eq!(made.data["gtin"], "9780306406157");
    for gtin in [
        "036000291452",
        "0036000291452",
        "00036000291452",
        "０３６０００２９１４５２",
        "\u{200e}978-0-306-40615-7",
    ] {
        let refused = ada.create("products", &product("C", gtin)).await;
        let message = refused.is_refusal(409, "already_exists");
        assert_eq!(message, "'gtin' is taken already.", "{gtin}");
    }
    for name in ["D", "E"] {
        let made = ada.made("products", &product(name, "0000000000000")).await;
        assert_eq!(made.data["gtin"], Value::Null);
    }
}

#[tokio::test]
async fn links_and_domains_are_taken_as_browsers_take_them() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for (typed, kept) in [
        (
            "https://en.wikipedia.org/wiki/L'Avventura",
            "https://en.wikipedia.org/wiki/L%27Avventura",
        ),
        (
            "https://bücher.example/ä b",
            "https://xn--bcher-kva.example/%C3%A4%20b",
        ),
        ("amazon.de/dp/1", "https://amazon.de/dp/1"),
        ("\u{feff}https://a.example/\u{200b}", "https://a.example/"),
    ] {
        let link = json!({ "label": "Link", "url": typed });
        let artist = ada
            .made("artists", &json!({ "name": typed, "links": [link] }))
            .await;
        assert_eq!(artist.data["links"][0]["url"], kept);
    }
    let artist = ada.artist("Ada").await;
    let shop = json!({ "artist_id": artist.id(), "name": "Shop", "domains": ["Bücher.example"] });
    let shop = ada.made("retailers", &shop).await;
    assert_eq!(shop.data["domains"], json!(["xn--bcher-kva.example"]));
}

#[tokio::test]
async fn a_video_is_one_by_all_its_links_and_its_times_are_read_in_any_digits() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let video = |url: &str| {
        json!({
            "artist_id": artist.id(), "title": url, "url": url, "duration": "１：２３",
            "published_on": "٢٠٢٦-١١-٢٣",
        })
    };
    let made = ada
        .made("videos", &video("https://www.youtube.com/e/dQw4w9WgXcQ"))
        .await;
    assert_eq!(made.data["duration"], 83_000);
    assert_eq!(made.data["published_on"], "2026-11-23");
    ada.made(
        "videos",
        &video("https://vimeo.com/channels/staffpicks/76979871"),
    )
    .await;
    for url in [
        "https://youtu.be/dQw4w9WgXcQ?si=a&t=3",
        "https://www.youtube.com/?v=dQw4w9WgXcQ",
        "https://www.youtube.com/attribution_link?u=%2Fwatch%3Fv%3DdQw4w9WgXcQ",
        "https://vimeo.com/groups/films/videos/76979871",
        "https://player.vimeo.com/video/76979871",
    ] {
        let refused = ada.create("videos", &video(url)).await;
        let message = refused.is_refusal(409, "already_exists");
        assert_eq!(message, "'url' is taken already.", "{url}");
    }
}
