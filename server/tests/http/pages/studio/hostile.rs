//! Hostile texts in every field of every kind, on every page of the studio.

use super::{
    creator::Creator,
    form::{Form, unescaped},
};
use crate::support::{Caller as _, TestApp};

/// Each is text, and must be nothing else wherever it is shown.
const TEXTS: [&str; 4] = [
    "</script><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "</textarea></title><script>alert(1)</script>",
    "𝕊𝕠𝕗𝕒 🛋️ & 'שלום' &lt;b&gt;",
];

#[track_caller]
fn has_no_markup_of_theirs(html: &str, place: &str) {
    for markup in [
        "<img",
        "<svg onload",
        "<script>alert",
        "onerror=alert(1)>",
        "<b>",
    ] {
        assert!(!html.contains(markup), "{place}: {markup} in {html}");
    }
}

#[tokio::test]
async fn what_people_type_is_text_on_every_page() {
    let app = TestApp::start().await;
    for (number, text) in TEXTS.into_iter().enumerate() {
        let ada = Creator::sign_up(&app, &format!("ada{number}@example.org")).await;
        let things = everything(&ada, text).await;
        let mut pages: Vec<_> = [
            "/studio",
            "/studio/bin",
            "/studio/artists",
            "/studio/videos",
            "/studio/products",
            "/studio/retailers",
            "/studio/videos/new",
            "/studio/products/new",
        ]
        .map(str::to_owned)
        .into();
        pages.extend(things.iter().cloned());
        for page in &pages {
            let html = ada.page(page).await;
            has_no_markup_of_theirs(&html, page);
        }
        for thing in &things {
            is_found_and_kept_as_it_was_typed(&ada, thing, text).await;
            let (list, id) = thing.rsplit_once('/').unwrap();
            if !list.ends_with("artists") {
                ada.press(thing, &format!("{thing}/deletion")).await.is(303);
                let html = ada.page(&format!("{list}?deleted={id}")).await;
                has_no_markup_of_theirs(&html, list);
                assert!(unescaped(&html).contains(text), "{list}: {html}");
            }
        }
        let html = ada.page("/studio/bin").await;
        has_no_markup_of_theirs(&html, "/studio/bin");
    }
}

/// A thing of each kind, with the text in each field that takes any.
async fn everything(ada: &Creator, text: &str) -> [String; 3] {
    let lines = format!("{text}\n{text}");
    let artist = ada.artist(text).await;
    let form = ada.form(&artist).await;
    let form = form.with("bio", &lines).with("disclosure", text);
    let form = form.at("link_label", 0, &text[..text.len().min(50)]);
    let form = form.at("link_url", 0, "https://ada.example/");
    form.send(&ada.who).await.is(303);
    let other = ada.product("Other").await;
    let product = ada.product(text).await;
    let form = ada.form(&product).await;
    let form = form
        .with("brand", text)
        .with("description", &lines)
        .at("image_url", 0, "https://images.example/a.jpg")
        .at("image_alt", 0, text)
        .at("attribute_name", 0, text)
        .at("attribute_value", 0, text)
        .at("offer_url", 0, "https://shop.example/a?b=c&d")
        .at("alternative_product_id", 0, "Other");
    form.send(&ada.who).await.is(303);
    ada.press(&other, &format!("{other}/deletion"))
        .await
        .is(303);
    let video = ada.video(text).await;
    let form = ada.form(&video).await;
    let form = form
        .with("description", &lines)
        .with("chapters", &format!("0:00 {text}"))
        .at("placement_product_id", 0, text)
        .at("placement_start", 0, "0:10")
        .at("placement_note", 0, text);
    form.send(&ada.who).await.is(303);
    [artist, product, video]
}

async fn is_found_and_kept_as_it_was_typed(ada: &Creator, thing: &str, text: &str) {
    let form = ada.form(thing).await;
    let name = if thing.contains("videos") {
        "title"
    } else {
        "name"
    };
    assert_eq!(form.text(name), text, "{thing}");
    // A refused form and both sides of a clash show it again.
    let refused = form
        .clone()
        .with("slug", "NO SLUG")
        .with(name, &format!("{text}!"));
    let html = refused.send(&ada.who).await.is(422).page();
    has_no_markup_of_theirs(&html, thing);
    assert_eq!(Form::of(&html, thing).text(name), format!("{text}!"));
    let stale = form.with(name, &format!("{text}?"));
    ada.form(thing).await.send(&ada.who).await.is(303);
    let html = stale.send(&ada.who).await.is(412).page();
    has_no_markup_of_theirs(&html, thing);
    assert_eq!(Form::of(&html, thing).text(name), format!("{text}?"));
    let (list, _) = thing.rsplit_once('/').unwrap();
    let words = serde_urlencoded::to_string([("q", text)]).unwrap();
    has_no_markup_of_theirs(&ada.page(&format!("{list}?{words}")).await, list);
}

#[tokio::test]
async fn what_an_address_says_is_text_too() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    for text in TEXTS {
        for name in ["q", "sort", "artist", "page", "deleted", "saved", "x"] {
            for page in [
                "/studio",
                "/studio/artists",
                "/studio/videos",
                "/studio/videos/new",
            ] {
                let query = serde_urlencoded::to_string([(name, text)]).unwrap();
                let answer = ada.who.visit(&format!("{page}?{query}")).await;
                assert!([200, 404].contains(&answer.status), "{page}?{query}");
                has_no_markup_of_theirs(&answer.page(), page);
            }
        }
    }
}

#[tokio::test]
async fn what_is_hidden_is_refused_and_shown_as_it_came() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let path = ada.artist("Ada Films").await;
    for text in ["a\u{202e}b", "a\u{0}b", "a\u{2066}b"] {
        let form = ada.form(&path).await.with("name", text);
        let answer = form.send(&ada.who).await.is(422);
        let html = answer.page();
        assert!(html.contains(r##"href="#name""##), "{html}");
    }
}

#[tokio::test]
async fn a_form_of_thousands_of_rows_is_answered() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let path = ada.artist("Ada Films").await;
    let mut form = ada.form(&path).await;
    for _ in 0..4_000 {
        form = form.pressed("link_url", "x");
    }
    form.send(&ada.who).await.is(422);
}
