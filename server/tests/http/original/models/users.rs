//! Users: accounts.

use serde_json::json;

use crate::{
    original::class::Class,
    support::{Caller, PASSWORD, Program, SignedIn, credentials},
};

static CLASS: Class = Class::new("model-users");

#[tokio::test]
async fn users_create() {
    let room = CLASS.room().await;
    let body = credentials("made@example.org", PASSWORD);
    Program::of(&room.app).new_user(&body).await.is(201);
}

#[tokio::test]
async fn users_create_and_delete() {
    let room = CLASS.room().await;
    let deleted = SignedIn::sign_up(&room.app, "deleted@example.org").await;
    room.app.delete(&deleted.id).await;
    assert!(!deleted.is_alive().await);
}

#[tokio::test]
async fn users_create_with_a_wrong_attribute() {
    let room = CLASS.room().await;
    let mut body = credentials("wrong@example.org", PASSWORD);
    body["user_name"] = json!("wrong");
    let refused = Program::of(&room.app).new_user(&body).await;
    refused.is_refusal(400, "invalid");
    assert!(refused.json()["fields"]["user_name"].is_string());
}

#[tokio::test]
async fn users_create_two_with_the_same_unique_value() {
    let room = CLASS.room().await;
    let body = credentials(&room.address, PASSWORD);
    let refused = Program::of(&room.app).new_user(&body).await;
    refused.is_refusal(409, "already_exists");
}

#[tokio::test]
async fn users_query_one() {
    let room = CLASS.room().await;
    let owner = room.owner().test().await.is(200).json();
    assert_eq!(owner["data"]["email_address"], room.address);
}

#[tokio::test]
async fn users_query_two() {
    let room = CLASS.room().await;
    let second = SignedIn::sign_up(&room.app, "model-second@example.org").await;
    let found = [second.test().await, room.owner().test().await];
    let ids = found.map(|answer| answer.is(200).json()["data"]["id"].clone());
    assert_eq!(ids[0], second.id.as_str());
    assert_ne!(ids[0], ids[1]);
}
