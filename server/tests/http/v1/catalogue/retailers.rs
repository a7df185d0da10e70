//! Retailers and moderators.

use reqwest::Method;
use serde_json::json;

use crate::support::{
    Caller, SignedIn, TestApp,
    catalogue::{Catalogue, moderator},
};

async fn judge(who: &SignedIn, method: Method, path: &str) -> crate::support::TestResponse {
    who.call(method, path).header("if-match", "*").send().await
}

#[tokio::test]
async fn an_approved_retailer_is_seen_by_all_and_changed_by_moderators() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let eve = SignedIn::sign_up(&app, "eve@example.org").await;
    let judge_ = moderator(&app, "mod@example.org").await;
    let artist = ada.artist("Ada").await;
    let shop = ada.entity("retailers", &artist, "Shop").await;
    let approval = format!("{}/approval", shop.path);
    let approved = judge(&judge_, Method::PUT, &approval).await.is(200);
    assert_eq!(approved.json()["data"]["standing"], "approved");
    assert_eq!(approved.json()["message"], "'Shop' approved successfully!");

    for who in [&ada, &eve] {
        assert_eq!(
            who.read(&shop.path).await.is(200).json()["data"]["standing"],
            "approved"
        );
        assert_eq!(who.read("/v1/retailers").await.is(200).json()["total"], 1);
        let changed = who.change(&shop.path, "*", &json!({"name": "Mine"})).await;
        changed.is_refusal(403, "forbidden");
        who.remove(&shop.path, "*")
            .await
            .is_refusal(403, "forbidden");
        judge(who, Method::PUT, &approval)
            .await
            .is_refusal(403, "forbidden");
        judge(who, Method::DELETE, &approval)
            .await
            .is_refusal(403, "forbidden");
    }
    judge_
        .change(&shop.path, "*", &json!({"name": "The Shop"}))
        .await
        .is(200);

    let blocked = judge(&judge_, Method::PUT, &format!("{}/block", shop.path))
        .await
        .is(200);
    assert_eq!(blocked.json()["data"]["standing"], "blocked");
    eve.read(&shop.path).await.is_refusal(404, "not_found");
    let reopened = judge(&judge_, Method::DELETE, &approval).await.is(200);
    assert_eq!(reopened.json()["data"]["standing"], "proposed");
}

#[tokio::test]
async fn a_judgement_is_of_a_version() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let judge_ = moderator(&app, "mod@example.org").await;
    let artist = ada.artist("Ada").await;
    let shop = ada.entity("retailers", &artist, "Shop").await;
    ada.change(
        &shop.path,
        &shop.tag(),
        &json!({"domains": ["evil.example"]}),
    )
    .await
    .is(200);
    for (method, end) in [
        (Method::PUT, "approval"),
        (Method::DELETE, "approval"),
        (Method::PUT, "block"),
    ] {
        let path = format!("{}/{end}", shop.path);
        let unversioned = judge_.call(method.clone(), &path).send().await;
        unversioned.is_refusal(428, "precondition_required");
        let stale = judge_.call(method, &path).header("if-match", shop.tag());
        let stale = stale.send().await.is(412).json();
        assert_eq!(stale["data"]["domains"], json!(["evil.example"]));
        assert_eq!(stale["data"]["standing"], "proposed");
    }
}

#[tokio::test]
async fn a_domain_of_an_approved_retailer_is_taken() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let eve = SignedIn::sign_up(&app, "eve@example.org").await;
    let judge_ = moderator(&app, "mod@example.org").await;
    let artist = ada.artist("Ada").await;
    let shop = ada.entity("retailers", &artist, "Shop").await;
    judge(&judge_, Method::PUT, &format!("{}/approval", shop.path))
        .await
        .is(200);
    let other = eve.artist("Eve").await;
    let body = crate::support::catalogue::a_thing("retailers", other.id(), "Shop");
    let refused = eve.create("retailers", &body).await;
    refused.is_refusal(409, "already_exists");
    assert!(refused.json()["fields"]["domains"].is_string());
}
