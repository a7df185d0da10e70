//! Retailers; their names are not unique, there as here.

use crate::original::class::Class;

static CLASS: Class = Class::new("model-retailers");

#[tokio::test]
async fn retailers_create() {
    let room = CLASS.room().await;
    super::create(&room, "retailers", "Made").await.is(201);
}

#[tokio::test]
async fn retailers_create_and_delete() {
    let room = CLASS.room().await;
    super::create_and_delete(&room, "retailers", "Deleted").await;
}

#[tokio::test]
async fn retailers_create_with_a_wrong_attribute() {
    let room = CLASS.room().await;
    super::create_with_a_wrong_attribute(&room, "retailers").await;
}

#[tokio::test]
async fn retailers_query_one() {
    let room = CLASS.room().await;
    super::query(&room, "retailers", &["Lonely"]).await;
}

#[tokio::test]
async fn retailers_query_two() {
    let room = CLASS.room().await;
    super::query(&room, "retailers", &["Pair one", "Pair two"]).await;
}
