//! Bodies that are no entity of the kind.

use reqwest::Method;
use serde_json::json;

use crate::support::{
    Caller, SignedIn, TestApp,
    catalogue::{Catalogue, KINDS, a_thing},
};

#[tokio::test]
async fn json_of_another_shape_is_refused_and_never_a_failure() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let objects = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let bodies = [
        String::new(),
        "[]".to_owned(),
        "7".to_owned(),
        "\"text\"".to_owned(),
        "null".to_owned(),
        "true".to_owned(),
        "{".to_owned(),
        "{} {}".to_owned(),
        "\u{feff}{}".to_owned(),
        "{\"name\":\"\\ud800\"}".to_owned(),
        "{\"name\":\"a\",\"name\":\"b\"}".to_owned(),
        "{\"links\":[{\"url\":\"a\",\"url\":\"b\"}]}".to_owned(),
        "{\"name\":1e999}".to_owned(),
        "{\"duration\":NaN}".to_owned(),
        deep(100),
        deep(20_000),
        objects(100),
        objects(10_000),
        format!("{{\"name\":{}}}", deep(100)),
        format!("{{\"offers\":{}}}", deep(20_000)),
        format!("{{\"offers\":[{}]}}", "{},".repeat(10_000)),
        format!("{{\"name\":\"{}\"}}", "a".repeat(60_000)),
        json!({"name": {"name": "a"}}).to_string(),
        json!({"name": [], "title": 7, "slug": false, "status": {}}).to_string(),
        json!({"placements": {"0": {}}, "offers": "x", "chapters": 1}).to_string(),
        json!({"placements": [[[]]], "offers": [null], "domains": [{}]}).to_string(),
        json!({"artist_id": {"$ne": null}, "name": {"$gt": ""}}).to_string(),
        json!({"artist_id": "'; drop table artists", "name": "a", "title": "a"}).to_string(),
        json!({"": "", "__proto__": {"a": 1}, "constructor": 1}).to_string(),
    ];
    for kind in KINDS {
        let entity = ada.entity(kind, &artist, "Thing").await;
        for body in &bodies {
            let head: String = body.chars().take(60).collect();
            for call in [
                ada.post(&format!("/v1/{kind}")),
                ada.call(Method::PATCH, &entity.path)
                    .header("if-match", "*"),
            ] {
                let call = call.header("content-type", "application/json");
                let answer = call.body(body.clone()).send().await;
                assert!(
                    [400, 404].contains(&answer.status),
                    "{kind} {head}: {answer:?}"
                );
                let code = answer.json()["code"].as_str().unwrap().to_owned();
                answer.is_refusal(answer.status, &code);
                assert!(answer.body.len() < 64 * 1024, "{kind} {head}");
            }
        }
        assert_eq!(
            ada.read(&entity.path).await.is(200).json()["data"],
            entity.data
        );
    }
}

#[tokio::test]
async fn ten_megabytes_are_too_many() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let mut body = a_thing("artists", "", "Huge");
    body["bio"] = "a".repeat(10 * 1024 * 1024).into();
    let refused = ada.create("artists", &body).await;
    refused.is_refusal(413, "content_too_large");
    let refused = ada
        .change(&artist.path, "*", &json!({"bio": body["bio"]}))
        .await;
    refused.is_refusal(413, "content_too_large");
}

#[tokio::test]
async fn every_refused_field_is_named_at_once_by_its_path() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let body = json!({
        "artist_id": artist.id(),
        "name": "",
        "gtin": "4006381333932",
        "offers": [{"url": "http://shop.example"}, {"url": "https://shop.example/x", "price": {"minor": -1, "currency": "XYZ"}}],
        "images": [{"url": "https://localhost/x"}],
    });
    let refused = ada.create("products", &body).await;
    refused.is_refusal(400, "invalid");
    let fields = refused.json()["fields"].clone();
    let mut names: Vec<_> = fields
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "gtin",
            "images[0].alt",
            "images[0].url",
            "name",
            "offers[0].url",
            "offers[1].price.currency"
        ]
    );
}

#[tokio::test]
async fn the_artist_of_a_new_thing_must_be_named() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for kind in ["videos", "products", "retailers"] {
        for wrong in [json!(null), json!("")] {
            let mut body = a_thing(kind, "", "New");
            body["artist_id"] = wrong;
            let message = ada.create(kind, &body).await.is_refusal(400, "invalid");
            assert_eq!(message, "'artist_id' is required.");
        }
        let mut body = a_thing(kind, "", "New");
        body["artist_id"] = json!(7);
        let message = ada.create(kind, &body).await.is_refusal(400, "invalid");
        assert_eq!(message, "'artist_id' must be a string.");
        for unknown in ["ada", "art_0123456789abcdef0123456789abcdef", "vid_x"] {
            let body = a_thing(kind, unknown, "New");
            ada.create(kind, &body).await.is_refusal(404, "not_found");
        }
    }
}
