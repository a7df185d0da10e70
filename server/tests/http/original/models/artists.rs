//! Artists.

use crate::original::class::Class;

static CLASS: Class = Class::new("model-artists");

#[tokio::test]
async fn artists_create() {
    let room = CLASS.room().await;
    super::create(&room, "artists", "Made").await.is(201);
}

#[tokio::test]
async fn artists_create_and_delete() {
    let room = CLASS.room().await;
    super::create_and_delete(&room, "artists", "Deleted").await;
}

#[tokio::test]
async fn artists_create_with_a_wrong_attribute() {
    let room = CLASS.room().await;
    super::create_with_a_wrong_attribute(&room, "artists").await;
}

#[tokio::test]
async fn artists_create_two_with_the_same_unique_value() {
    let room = CLASS.room().await;
    super::create(&room, "artists", "Same").await.is(201);
    let second = super::create(&room, "artists", "Same").await;
    second.is_refusal(409, "already_exists");
}

#[tokio::test]
async fn artists_query_one() {
    let room = CLASS.room().await;
    super::query(&room, "artists", &["Lonely"]).await;
}

#[tokio::test]
async fn artists_query_two() {
    let room = CLASS.room().await;
    super::query(&room, "artists", &["Pair one", "Pair two"]).await;
}
