//! Videos.

use crate::original::class::Class;

static CLASS: Class = Class::new("model-videos");

#[tokio::test]
async fn videos_create() {
    let room = CLASS.room().await;
    super::create(&room, "videos", "Made").await.is(201);
}

#[tokio::test]
async fn videos_create_and_delete() {
    let room = CLASS.room().await;
    super::create_and_delete(&room, "videos", "Deleted").await;
}

#[tokio::test]
async fn videos_create_with_a_wrong_attribute() {
    let room = CLASS.room().await;
    super::create_with_a_wrong_attribute(&room, "videos").await;
}

#[tokio::test]
async fn videos_create_two_with_the_same_unique_value() {
    let room = CLASS.room().await;
    super::create(&room, "videos", "Same").await.is(201);
    let second = super::create(&room, "videos", "Same").await;
    second.is_refusal(409, "already_exists");
}

#[tokio::test]
async fn videos_query_one() {
    let room = CLASS.room().await;
    super::query(&room, "videos", &["Lonely"]).await;
}

#[tokio::test]
async fn videos_query_two() {
    let room = CLASS.room().await;
    super::query(&room, "videos", &["Pair one", "Pair two"]).await;
}
