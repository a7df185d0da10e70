//! Hostile texts in every field of every kind, on every page of the studio.

use super::{
    creator::Creator,
    form::{Form, error_at, unescaped, without_scripts},
};
use crate::support::{Caller as _, TestApp};

/// Each is text and must be shown as text everywhere.
const TEXTS: [&str; 4] = [
    "</script><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "</textarea></title><script>alert(1)</script>",
    "𝕊𝕠𝕗𝕒 🛋️ & 'שלום' &lt;b&gt;",
];

#[track_caller]
fn has_no_markup_of_theirs(html: &str, place: &str) {
    for markup in ["<img", "<svg onload", "<script>alert", "<b>"] {
        assert!(!html.contains(markup), "{place}: {markup} in {html}");
    }
    let shown = without_scripts(html);
    assert!(!shown.contains("onerror=alert(1)>"), "{place}: {shown}");
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
        for entity in &things {
            is_found_and_kept_as_it_was_typed(&ada, entity, text).await;
            let (list, id) = entity.rsplit_once('/').unwrap();
            if !list.ends_with("artists") {
                ada.press(entity, &format!("{entity}/deletion"))
                    .await
                    .is(303);
                let html = ada.page(&format!("{list}?deleted={id}")).await;
                has_no_markup_of_theirs(&html, list);
                assert!(unescaped(&html).contains(text), "{list}: {html}");
            }
        }
        let html = ada.page("/studio/bin").await;
        has_no_markup_of_theirs(&html, "/studio/bin");
    }
}

/// Creates an entity of each kind with the text in each free-text field.
async fn everything(ada: &Creator, text: &str) -> [String; 3] {
    let lines = format!("{text}\n{text}");
    let artist = ada.artist(text).await;
    let form = ada.form(&artist).await;
    let form = form.with("bio", &lines).with("disclosure", text);
    let form = form.at("links[][label]", 0, &text[..text.len().min(50)]);
    let form = form.at("links[][url]", 0, "https://ada.example/");
    form.send(&ada.who).await.is(303);
    let other = ada.product("Other").await;
    let product = ada.product(text).await;
    let form = ada.form(&product).await;
    let form = form
        .with("brand", text)
        .with("description", &lines)
        .at("images[][url]", 0, "https://images.example/a.jpg")
        .at("images[][alt]", 0, text)
        .at("attributes[][name]", 0, text)
        .at("attributes[][value]", 0, text)
        .at("offers[][url]", 0, "https://shop.example/a?b=c&d")
        .at("alternatives[][product_id]", 0, "Other");
    form.send(&ada.who).await.is(303);
    ada.press(&other, &format!("{other}/deletion"))
        .await
        .is(303);
    let video = ada.video(text).await;
    let form = ada.form(&video).await;
    let form = form
        .with("description", &lines)
        .with("chapters", &format!("0:00 {text}"))
        .at("placements[][product_id]", 0, text)
        .at("placements[][start]", 0, "0:10")
        .at("placements[][note]", 0, text);
    form.send(&ada.who).await.is(303);
    [artist, product, video]
}

async fn is_found_and_kept_as_it_was_typed(ada: &Creator, entity: &str, text: &str) {
    let form = ada.form(entity).await;
    let name = if entity.contains("videos") {
        "title"
    } else {
        "name"
    };
    assert_eq!(form.text(name), text, "{entity}");
    // A refused form and both versions of a conflict show it again.
    let refused = form
        .clone()
        .with("slug", "NO SLUG")
        .with(name, &format!("{text}!"));
    let html = refused.send(&ada.who).await.is(422).page();
    has_no_markup_of_theirs(&html, entity);
    assert_eq!(Form::of(&html, entity).text(name), format!("{text}!"));
    let stale = form.with(name, &format!("{text}?"));
    ada.form(entity).await.send(&ada.who).await.is(303);
    let html = stale.send(&ada.who).await.is(412).page();
    has_no_markup_of_theirs(&html, entity);
    assert_eq!(Form::of(&html, entity).text(name), format!("{text}?"));
    let (list, _) = entity.rsplit_once('/').unwrap();
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

/// A client chooses the row numbers, with or without gaps.
#[tokio::test]
async fn a_form_of_thousands_of_rows_is_answered() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let path = ada.artist("Ada Films").await;
    for step in [1, 9_999, 1_000_000_007] {
        let mut form = ada.form(&path).await;
        for row in 1..4_000_usize {
            form = form.pressed(&format!("links[{}][url]", 10 + row * step), "x");
        }
        let html = form.send(&ada.who).await.is(422).page();
        let shown = Form::of(&html, &path);
        assert_eq!(shown.all("links[][url]").len(), 250);
        assert_ne!(error_at(&html, "links"), "");
    }
}

#[tokio::test]
async fn a_gap_between_rows_is_no_row() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let path = ada.artist("Ada Films").await;
    let mut form = ada.form(&path).await;
    form.fields.retain(|(name, _)| !name.contains("links"));
    for (row, label) in [
        (7, "two"),
        (3, "one"),
        (18_446_744_073_709_551_615_u64, "three"),
    ] {
        form = form.pressed(&format!("links[{row}][label]"), label);
        form = form.pressed(&format!("links[{row}][url]"), "https://a.example/");
    }
    form.send(&ada.who).await.is(303);
    let form = ada.form(&path).await;
    assert_eq!(form.all("links[][label]")[..4], ["one", "two", "three", ""]);
}

/// A body that no form of a page sends is refused as a whole and changes nothing.
#[tokio::test]
async fn a_form_of_another_shape_is_malformed() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("Red lamp").await;
    let deep = format!("name{}", "[a]".repeat(50_000));
    for (name, value) in [
        ("name", "a second name"),
        ("name[0]", "a"),
        ("name[]", "a"),
        ("status", "other"),
        ("offers", "a"),
        ("offers[x][url]", "a"),
        ("offers[-1][url]", "a"),
        ("offers[0]", "a"),
        ("offers[0][url][x]", "a"),
        ("offers[0][price]", "1"),
        ("offers[0][price][minor]", "1"),
        ("offers[99999999999999999999][url]", "a"),
        ("order", "1"),
        ("order[offers]", "1"),
        ("revision", "1"),
        ("a[b][c][d][e]", "1"),
        ("[]", "1"),
        ("[0]", "1"),
        ("a[=]", "1"),
        ("", "1"),
        (&deep, "1"),
    ] {
        let form = ada.form(&path).await.pressed(name, value);
        form.send(&ada.who).await.is(400);
        let form = ada.form("/studio/products/new").await.with("name", "Sofa");
        let form = form.pressed("revision", "0").pressed(name, value);
        form.send(&ada.who).await.is(400);
    }
    assert_eq!(ada.form(&path).await.text("name"), "Red lamp");
}

/// Many short pairs must not raise the limit of nesting.
#[tokio::test]
async fn a_name_that_is_nested_without_end_does_not_end_the_server() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    for path in ["/studio/products/new", "/studio", "/login", "/account"] {
        for (first, open) in [("", "["), ("", "%5B"), ("", "%5b"), ("[=]", "[")] {
            let pairs = (0..8_000).map(|number| format!("{number}&"));
            let deep = [first, &[open, "a]"].concat().repeat(4_000)].concat();
            let body = [pairs.collect(), "x".to_owned(), deep, "=1".to_owned()].concat();
            let call = ada.who.post(path);
            let call = call.header("content-type", "application/x-www-form-urlencoded");
            call.body(body).send().await.is(400);
        }
    }
    ada.who.visit("/studio").await.is(200);
}

#[tokio::test]
async fn names_that_no_form_has_are_ignored() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let path = ada.artist("Ada Films").await;
    let form = ada.form(&path).await.with("bio", "New");
    let form = form.pressed("unknown", "x").pressed("offers[0][url]", "x");
    let form = form.pressed("links[0][unknown]", "x");
    form.send(&ada.who).await.is(303);
    assert_eq!(ada.form(&path).await.text("bio"), "New");
}

/// Its lists had other names, and a list that is missing in a form is emptied.
#[tokio::test]
async fn a_form_of_an_older_page_changes_nothing() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("Red lamp").await;
    let offer = ("https://shop.example/1", "offers[][url]");
    let form = ada.form(&path).await.at(offer.1, 0, offer.0);
    form.send(&ada.who).await.is(303);
    let older = [None, Some(""), Some("1"), Some("3")];
    for version in older {
        let mut form = ada.form(&path).await.with("name", "Green lamp");
        form.fields
            .retain(|(name, _)| name != "form_version" && !name.contains('['));
        if let Some(version) = version {
            form = form.pressed("form_version", version);
        }
        let fields = form.fields.iter();
        let fields: Vec<_> = fields
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let html = ada
            .who
            .post(&path)
            .form(&fields)
            .send()
            .await
            .is(409)
            .page();
        assert!(
            html.contains("This page is from before an update"),
            "{html}"
        );
    }
    let form = ada.form(&path).await;
    assert_eq!(form.text("name"), "Red lamp");
    assert_eq!(form.all(offer.1)[0], offer.0);
}
