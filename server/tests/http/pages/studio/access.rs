//! Access to every page and form of the studio: for owner, other users and visitors.

use reqwest::Method;
use types::catalogue::FORM_VERSION;

use super::creator::Creator;
use crate::support::{Anonymous, Caller, TestApp};

/// Paths below an entity, and the status for its owner with an empty request.
const OF_A_THING: [(&str, Method, u16); 7] = [
    ("", Method::GET, 200),
    ("", Method::POST, 412),
    ("/publication", Method::POST, 412),
    ("/publication/end", Method::POST, 412),
    ("/deletion", Method::POST, 412),
    ("/restoration", Method::POST, 303),
    ("/placements", Method::POST, 422),
];

/// Pages without an owner, and the status for a signed-in user.
const PLACES: [(&str, u16); 10] = [
    ("/studio", 200),
    ("/studio/bin", 200),
    ("/studio/artists", 200),
    ("/studio/artists/new", 200),
    ("/studio/videos", 200),
    ("/studio/videos/new", 200),
    ("/studio/products", 200),
    ("/studio/products/new", 200),
    ("/studio/retailers", 200),
    ("/studio/retailers/new", 200),
];

async fn ask(who: &impl Caller, method: Method, path: &str) -> u16 {
    let call = who.call(method.clone(), path);
    let call = match method {
        Method::POST => call.form(&[
            ("name", "x"),
            ("title", "x"),
            ("form_version", FORM_VERSION),
        ]),
        _ => call,
    };
    call.send().await.status
}

#[tokio::test]
async fn a_strangers_things_are_not_there_and_a_visitor_is_asked_to_log_in() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let eve = Creator::sign_up(&app, "eve@example.org").await;
    eve.artist("Eve").await;
    let visitor = Anonymous::of(&app);
    let things = [
        ada.artist("Ada Films").await,
        ada.video("My room").await,
        ada.product("Red lamp").await,
    ];
    for entity in &things {
        for (end, method, own) in OF_A_THING {
            if end == "/placements" && !entity.contains("/videos/") {
                continue;
            }
            let path = format!("{entity}{end}");
            let asked = format!("{method} {path}");
            assert_eq!(ask(&ada.who, method.clone(), &path).await, own, "{asked}");
            assert_eq!(ask(&eve.who, method.clone(), &path).await, 404, "{asked}");
            let without = ask(&visitor, method.clone(), &path).await;
            let expected = if method == Method::GET { 303 } else { 401 };
            assert_eq!(without, expected, "{asked}");
        }
    }
    for entity in &things {
        assert!(!ada.page(entity).await.contains(r#"value="x""#), "{entity}");
    }
}

#[tokio::test]
async fn a_strangers_thing_looks_like_one_that_never_was() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let eve = Creator::sign_up(&app, "eve@example.org").await;
    ada.artist("Ada Films").await;
    let strange = ada.video("My room").await;
    let id = strange.rsplit('/').next().unwrap();
    let other: String = id.chars().rev().collect();
    for nothing in [
        format!("vid_{}", "0".repeat(32)),
        other,
        "x".to_owned(),
        "..%2Fartists".to_owned(),
        "%00".to_owned(),
        "%FF".to_owned(),
    ] {
        let path = format!("/studio/videos/{nothing}");
        let of_nothing = eve.who.visit(&path).await.is(404).page();
        let of_stranger = eve.who.visit(&strange).await.is(404).page();
        assert_eq!(main(&of_nothing), main(&of_stranger), "{nothing}");
    }
}

fn main(html: &str) -> &str {
    html.split("<main")
        .nth(1)
        .unwrap()
        .split("</main>")
        .next()
        .unwrap()
}

#[tokio::test]
async fn nobody_sees_the_studio_without_a_session() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let visitor = Anonymous::of(&app);
    for (path, status) in PLACES {
        assert_eq!(ask(&ada.who, Method::GET, path).await, status, "{path}");
        let answer = visitor.visit(path).await;
        let next = path.replace('/', "%2F");
        answer.leads_to(&format!("/login?next={next}"));
    }
}

#[tokio::test]
async fn a_strangers_id_in_a_form_is_of_no_use() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada Films").await;
    let artist = artist.rsplit('/').next().unwrap().to_owned();
    let eve = Creator::sign_up(&app, "eve@example.org").await;
    eve.artist("Eve").await;
    for path in [
        "/studio/videos/new",
        "/studio/products/new",
        "/studio/retailers/new",
    ] {
        let fields = [
            ("artist_id", artist.as_str()),
            ("title", "Mine now"),
            ("name", "Mine now"),
            ("domain", "shop.example"),
        ];
        eve.who.submit(path, &fields).await.is(422);
        eve.who
            .visit(&format!("{path}?artist={artist}"))
            .await
            .is(200);
    }
    eve.who
        .visit(&format!("/studio/videos?artist={artist}"))
        .await
        .is(404);
    for list in ["/studio/videos", "/studio/products", "/studio/retailers"] {
        assert!(!ada.page(list).await.contains("Mine now"), "{list}");
        assert!(!eve.page(list).await.contains("Mine now"), "{list}");
    }
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let path = ada.artist("Ada Films").await;
    let form = ada.form(&path).await;
    let fields: Vec<_> = form
        .fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let program = crate::support::Program::of(&app);
    let call = program.post(&path).cookie(&ada.who.cookie).form(&fields);
    let call = call.header("sec-fetch-site", "cross-site");
    call.header("origin", "https://evil.example")
        .send()
        .await
        .is(403);
}
