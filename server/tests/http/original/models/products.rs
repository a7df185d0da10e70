//! Products.

use crate::original::class::Class;

static CLASS: Class = Class::new("model-products");

#[tokio::test]
async fn products_create() {
    let room = CLASS.room().await;
    super::create(&room, "products", "Made").await.is(201);
}

#[tokio::test]
async fn products_create_and_delete() {
    let room = CLASS.room().await;
    super::create_and_delete(&room, "products", "Deleted").await;
}

#[tokio::test]
async fn products_create_with_a_wrong_attribute() {
    let room = CLASS.room().await;
    super::create_with_a_wrong_attribute(&room, "products").await;
}

#[tokio::test]
async fn products_create_two_with_the_same_unique_value() {
    let room = CLASS.room().await;
    super::create(&room, "products", "Same").await.is(201);
    let second = super::create(&room, "products", "Same").await;
    second.is_refusal(409, "already_exists");
}

#[tokio::test]
async fn products_query_one() {
    let room = CLASS.room().await;
    super::query(&room, "products", &["Lonely"]).await;
}

#[tokio::test]
async fn products_query_two() {
    let room = CLASS.room().await;
    super::query(&room, "products", &["Pair one", "Pair two"]).await;
}
