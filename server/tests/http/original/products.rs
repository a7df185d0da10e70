//! Products in the API.

use serde_json::{Value, json};

use super::class::{Class, Room};
use crate::support::{
    TestResponse,
    catalogue::{Catalogue, a_thing},
};

static CLASS: Class = Class::new("products");

/// Creates a product with one further member.
async fn with(room: &Room, name: &str, field: &str, value: Value) -> TestResponse {
    let mut body = a_thing("products", room.artist.id(), name);
    body[field] = value;
    room.owner().create("products", &body).await
}

#[track_caller]
fn refuses(answer: &TestResponse, field: &str) {
    answer.is_refusal(400, "invalid");
    assert!(
        answer.json()["fields"][field].is_string(),
        "{}",
        answer.lossy()
    );
}

#[tokio::test]
async fn products_check_that_one_exists() {
    let room = CLASS.room().await;
    let made = room.owner().entity("products", &room.artist, "There").await;
    let read = room.owner().read(&made.path).await.is(200);
    assert_eq!(read.json()["data"], made.data);
}

#[tokio::test]
async fn products_add_one() {
    let room = CLASS.room().await;
    with(&room, "Alone", "brand", json!("Acme")).await.is(201);
}

#[tokio::test]
async fn products_add_two() {
    let room = CLASS.room().await;
    with(&room, "First", "gtin", json!("036000291452"))
        .await
        .is(201);
    with(&room, "Second", "gtin", json!("012345678905"))
        .await
        .is(201);
}

#[tokio::test]
async fn products_add_two_with_the_same_name() {
    let room = CLASS.room().await;
    with(&room, "The same", "brand", json!("Acme"))
        .await
        .is(201);
    let second = with(&room, "The same", "brand", json!("Other")).await;
    second.is_refusal(409, "already_exists");
}

#[tokio::test]
async fn products_missing_type_attribute() {
    let room = CLASS.room().await;
    let nameless = json!([{"value": "Jacket"}]);
    let answer = with(&room, "Typeless", "attributes", nameless).await;
    refuses(&answer, "attributes[0].name");
}

#[tokio::test]
async fn products_missing_style_attribute() {
    let room = CLASS.room().await;
    let of_nothing = json!([{"tier": "cheaper"}]);
    let answer = with(&room, "Styleless", "alternatives", of_nothing).await;
    refuses(&answer, "alternatives[0].product_id");
}

#[tokio::test]
async fn products_unknown_type() {
    let room = CLASS.room().await;
    let answer = with(&room, "Typed", "type", json!("Jacket")).await;
    refuses(&answer, "type");
}

#[tokio::test]
async fn products_unknown_style() {
    let room = CLASS.room().await;
    let other = room.owner().entity("products", &room.artist, "Other").await;
    let unknown = json!([{"product_id": other.id(), "tier": "high_end"}]);
    let answer = with(&room, "Styled", "alternatives", unknown).await;
    refuses(&answer, "alternatives[0].tier");
}

#[tokio::test]
async fn products_same_upc() {
    let room = CLASS.room().await;
    with(&room, "Upc one", "gtin", json!("885909950805"))
        .await
        .is(201);
    let second = with(&room, "Upc two", "gtin", json!("885909950805")).await;
    second.is_refusal(409, "already_exists");
    assert!(second.json()["fields"]["gtin"].is_string());
}
