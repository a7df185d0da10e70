//! Product types: attributes.

use serde_json::json;

use super::{rows_of, with_rows};
use crate::{original::class::Class, support::catalogue::Catalogue};

static CLASS: Class = Class::new("model-product-types");

#[tokio::test]
async fn product_types_create() {
    let room = CLASS.room().await;
    let one = json!([{"name": "Type", "value": "Jacket"}]);
    with_rows(&room, ("products", "Made"), "attributes", one)
        .await
        .is(201);
}

#[tokio::test]
async fn product_types_create_and_delete() {
    let room = CLASS.room().await;
    let one = json!([{"name": "Type", "value": "Jacket"}]);
    let made = with_rows(&room, ("products", "Deleted"), "attributes", one)
        .await
        .is(201);
    let none = json!({ "attributes": [] });
    room.owner()
        .change(made.location(), "*", &none)
        .await
        .is(200);
    assert_eq!(rows_of(&room, &made, "attributes").await, json!([]));
}

#[tokio::test]
async fn product_types_create_with_a_wrong_attribute() {
    let room = CLASS.room().await;
    let wrong = json!([{"name": "Type", "kind": "Jacket"}]);
    let refused = with_rows(&room, ("products", "Wrong"), "attributes", wrong).await;
    refused.is_refusal(400, "invalid");
    assert!(refused.json()["fields"]["attributes[0].kind"].is_string());
}

#[tokio::test]
async fn product_types_create_two_with_the_same_unique_value() {
    let room = CLASS.room().await;
    let same = json!([{"name": "Type", "value": "Jacket"}, {"name": "TYPE", "value": "Coat"}]);
    let refused = with_rows(&room, ("products", "Same"), "attributes", same).await;
    refused.is_refusal(400, "invalid");
    assert!(refused.json()["fields"]["attributes[1].name"].is_string());
}

#[tokio::test]
async fn product_types_query_one() {
    let room = CLASS.room().await;
    let one = json!([{"name": "Type", "value": "Jacket"}]);
    let made = with_rows(&room, ("products", "One"), "attributes", one.clone())
        .await
        .is(201);
    assert_eq!(rows_of(&room, &made, "attributes").await, one);
}

#[tokio::test]
async fn product_types_query_two() {
    let room = CLASS.room().await;
    let two = json!([{"name": "Type", "value": "Jacket"}, {"name": "Size", "value": "M"}]);
    let made = with_rows(&room, ("products", "Two"), "attributes", two.clone())
        .await
        .is(201);
    assert_eq!(rows_of(&room, &made, "attributes").await, two);
}
