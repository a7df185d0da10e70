//! Access to every route, in one table.

use std::collections::HashSet;

use reqwest::Method;
use serde_json::json;
use server::router::catalogue::ROUTES;

use crate::support::{
    Anonymous, Caller, SignedIn, TestApp, TestResponse,
    catalogue::{Catalogue, CreatedEntities, a_thing, moderator, name_field},
};

/// The statuses for the owner, another user, a moderator and a visitor.
type Statuses = [u16; 4];

const OWN: Statuses = [200, 404, 404, 401];
const MODERATED: Statuses = [200, 404, 200, 401];
const JUDGED: Statuses = [403, 404, 200, 401];
const LISTED: Statuses = [200, 200, 200, 401];
const MADE: Statuses = [201, 404, 404, 401];

#[rustfmt::skip]
const TABLE: [(&str, &str, Statuses); 27] = [
    ("GET", "/v1/artists", LISTED),
    ("POST", "/v1/artists", [201, 201, 201, 401]),
    ("GET", "/v1/artists/{id}", OWN),
    ("PATCH", "/v1/artists/{id}", OWN),
    ("DELETE", "/v1/artists/{id}", OWN),
    ("POST", "/v1/artists/{id}/restoration", OWN),
    ("GET", "/v1/videos", LISTED),
    ("POST", "/v1/videos", MADE),
    ("GET", "/v1/videos/{id}", OWN),
    ("PATCH", "/v1/videos/{id}", OWN),
    ("DELETE", "/v1/videos/{id}", OWN),
    ("POST", "/v1/videos/{id}/restoration", OWN),
    ("GET", "/v1/products", LISTED),
    ("POST", "/v1/products", MADE),
    ("GET", "/v1/products/{id}", OWN),
    ("PATCH", "/v1/products/{id}", OWN),
    ("DELETE", "/v1/products/{id}", OWN),
    ("POST", "/v1/products/{id}/restoration", OWN),
    ("GET", "/v1/retailers", LISTED),
    ("POST", "/v1/retailers", MADE),
    ("GET", "/v1/retailers/{id}", MODERATED),
    ("PATCH", "/v1/retailers/{id}", MODERATED),
    ("DELETE", "/v1/retailers/{id}", MODERATED),
    ("POST", "/v1/retailers/{id}/restoration", MODERATED),
    ("PUT", "/v1/retailers/{id}/approval", JUDGED),
    ("DELETE", "/v1/retailers/{id}/approval", JUDGED),
    ("PUT", "/v1/retailers/{id}/block", JUDGED),
];

#[test]
fn every_route_is_in_the_table() {
    let routes = ROUTES
        .iter()
        .flat_map(|(path, methods)| methods.iter().map(move |method| (*method, *path)));
    let routes: HashSet<_> = routes.collect();
    let table: HashSet<_> = TABLE
        .iter()
        .map(|(method, path, _)| (*method, *path))
        .collect();
    assert_eq!(table, routes);
    assert_eq!(table.len(), TABLE.len());
}

/// A request that would succeed for an unchanged entity of the owner.
async fn ask(
    who: &impl Caller,
    ada: &SignedIn,
    artist: &CreatedEntities,
    (method, path, row): (&str, &str, String),
) -> TestResponse {
    let kind = path.split('/').nth(2).unwrap();
    let name = format!("Thing {row}");
    let mut to = path.to_owned();
    if path.contains("{id}") {
        let entity = ada.entity(kind, artist, &name).await;
        if path.ends_with("/restoration") {
            ada.remove(&entity.path, "*").await.is(200);
        }
        to = path.replace("{id}", entity.id());
    }
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let call = who.call(method.clone(), &to).header("if-match", "*");
    match method {
        Method::POST if to == path => call.json(&a_thing(kind, artist.id(), &name)).send().await,
        Method::PATCH => {
            let other = format!("Other {row}");
            call.json(&json!({ name_field(kind): other })).send().await
        }
        _ => call.send().await,
    }
}

#[tokio::test]
async fn everybody_is_answered_as_the_table_says() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let eve = SignedIn::sign_up(&app, "eve@example.org").await;
    let mod_ = moderator(&app, "mod@example.org").await;
    let nobody = Anonymous::of(&app);
    let artist = ada.artist("Ada").await;
    for (row, (method, path, expected)) in TABLE.into_iter().enumerate() {
        let asked = |who: &str| (method, path, format!("{row} {who}"));
        let answers = [
            ask(&ada, &ada, &artist, asked("owner")).await,
            ask(&eve, &ada, &artist, asked("stranger")).await,
            ask(&mod_, &ada, &artist, asked("moderator")).await,
            ask(&nobody, &ada, &artist, asked("visitor")).await,
        ];
        let statuses = answers.each_ref().map(|answer| answer.status);
        assert_eq!(statuses, expected, "{method} {path}: {answers:?}");
        for answer in answers.iter().filter(|answer| answer.status >= 400) {
            assert_eq!(answer.json()["success"], false);
            assert!(!answer.lossy().contains("Thing"), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn nothing_that_is_a_strangers_is_listed_or_counted() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let eve = SignedIn::sign_up(&app, "eve@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in ["videos", "products", "retailers"] {
        ada.entity(kind, &artist, "Secret").await;
    }
    for kind in ["artists", "videos", "products", "retailers"] {
        let list = eve
            .read(&format!("/v1/{kind}?q=secret"))
            .await
            .is(200)
            .json();
        assert_eq!((&list["total"], &list["data"]), (&json!(0), &json!([])));
    }
    let of_ada = format!("/v1/videos?artist_id={}", artist.id());
    eve.read(&of_ada).await.is_refusal(404, "not_found");
    let of_ada = format!("/v1/videos?deleted=true&artist_id={}", artist.id());
    assert_eq!(eve.read(&of_ada).await.is(200).json()["total"], 0);
}

#[tokio::test]
async fn what_there_is_not_is_answered_as_what_is_a_strangers() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let eve = SignedIn::sign_up(&app, "eve@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in ["artists", "videos", "products", "retailers"] {
        let entity = ada.entity(kind, &artist, "Secret").await;
        let strangers = eve.read(&entity.path).await;
        let mut unknown = entity.path.clone();
        let last = if unknown.pop() == Some('0') { '1' } else { '0' };
        unknown.push(last);
        let nothing = eve.read(&unknown).await;
        assert_eq!(strangers.fingerprint(), nothing.fingerprint());
    }
}

#[tokio::test]
async fn an_id_of_no_shape_names_nothing() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let long = "a".repeat(4000);
    let shouted = artist.id().to_uppercase();
    for id in [
        "%ff",
        "%00",
        "..",
        "%2e%2e%2fvideos",
        "art_",
        "1",
        "*",
        &long,
        &shouted,
    ] {
        for kind in ["artists", "videos", "products", "retailers"] {
            let path = format!("/v1/{kind}/{id}");
            ada.read(&path).await.is_refusal(404, "not_found");
            let changed = ada.change(&path, "*", &json!({})).await;
            changed.is_refusal(404, "not_found");
            ada.remove(&path, "*").await.is_refusal(404, "not_found");
            ada.restore(&path).await.is_refusal(404, "not_found");
        }
    }
    let crossed = format!("/v1/videos/{}", artist.id());
    ada.read(&crossed).await.is_refusal(404, "not_found");
}
