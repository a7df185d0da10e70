//! Versions: `ETag`, `If-Match` and `If-None-Match`.

use reqwest::Method;
use serde_json::json;

use crate::support::{
    Caller, SignedIn, TestApp,
    catalogue::{Catalogue, KINDS, name_field},
};

#[tokio::test]
async fn a_change_without_a_version_is_428() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in KINDS {
        let entity = ada.entity(kind, &artist, "Thing").await;
        for method in [Method::PATCH, Method::DELETE] {
            let call = ada.call(method, &entity.path).json(&json!({}));
            call.send().await.is_refusal(428, "precondition_required");
        }
        assert_eq!(
            ada.read(&entity.path).await.is(200).json()["data"],
            entity.data
        );
    }
}

#[tokio::test]
async fn a_change_of_a_version_that_is_gone_is_412_with_what_is_there() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in KINDS {
        let entity = ada.entity(kind, &artist, "Thing").await;
        let name = name_field(kind);
        let changed = ada
            .change(&entity.path, &entity.tag(), &json!({ name: "One" }))
            .await;
        let now = changed.is(200);
        for refused in [
            ada.change(&entity.path, &entity.tag(), &json!({ name: "Two" }))
                .await,
            ada.remove(&entity.path, &entity.tag()).await,
        ] {
            assert_eq!(refused.status, 412);
            let body = refused.json();
            assert_eq!(body["code"], "precondition_failed");
            assert_eq!(body["success"], false);
            assert_eq!(body["data"], now.json()["data"]);
            assert_eq!(refused.header("etag"), now.header("etag"));
        }
        assert_eq!(ada.read(&entity.path).await.json()["data"][name], "One");
    }
}

#[tokio::test]
async fn a_version_may_be_one_of_several_or_any() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let several = format!("\"x\", W/\"9\" , {}", artist.tag());
    ada.change(&artist.path, &several, &json!({"bio": "a"}))
        .await
        .is(200);
    ada.change(&artist.path, "*", &json!({"bio": "b"}))
        .await
        .is(200);
    let tag = ada
        .read(&artist.path)
        .await
        .header("etag")
        .unwrap()
        .to_owned();
    let weak = format!("W/{tag}");
    ada.change(&artist.path, &weak, &json!({"bio": "c"}))
        .await
        .is(412);
    for malformed in ["7", "\"7", "", "*, \"7\"", "\"a b\"", "W/7", "é"] {
        let refused = ada
            .change(&artist.path, malformed, &json!({"bio": "c"}))
            .await;
        let message = refused.is_refusal(400, "bad_request");
        assert!(message.contains("If-Match"), "{malformed}: {message}");
    }
    let call = ada.call(Method::PATCH, &artist.path);
    let twice = call.header("if-match", "\"0\"").header("if-match", &tag);
    twice.json(&json!({"bio": "d"})).send().await.is(200);
}

#[tokio::test]
async fn whoever_has_the_version_is_not_sent_it_again() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let eve = SignedIn::sign_up(&app, "eve@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in KINDS {
        let entity = ada.entity(kind, &artist, "Thing").await;
        let read = |tag: String| ada.get(&entity.path).header("if-none-match", tag).send();
        let same = read(entity.tag()).await.is(304);
        assert!(same.body.is_empty());
        assert_eq!(same.header("etag"), Some(entity.tag().as_str()));
        read(format!("W/{}", entity.tag())).await.is(304);
        read("\"0\"".to_owned()).await.is(200);
        read("rubbish".to_owned()).await.is(200);
        let strangers = eve.get(&entity.path).header("if-none-match", "*");
        strangers.send().await.is_refusal(404, "not_found");
    }
}

#[tokio::test]
async fn a_version_is_asked_for_before_anything_else_is_looked_at() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let eve = SignedIn::sign_up(&app, "eve@example.org").await;
    let artist = ada.artist("Ada").await;
    ada.change(&artist.path, "\"0\"", &json!({"nmae": 1}))
        .await
        .is(412);
    eve.change(&artist.path, "rubbish", &json!({}))
        .await
        .is_refusal(404, "not_found");
}
