//! Product styles: tiers of alternatives.

use serde_json::{Value, json};

use super::{create, rows_of, with_rows};
use crate::{
    original::class::{Class, Room},
    support::catalogue::Catalogue,
};

static CLASS: Class = Class::new("model-product-styles");

/// An alternative to a new product.
async fn alternative(room: &Room, name: &str, tier: &str) -> Value {
    let product = create(room, "products", name).await.is(201).json();
    json!({"product_id": product["data"]["id"], "tier": tier})
}

#[tokio::test]
async fn product_styles_create() {
    let room = CLASS.room().await;
    let one = json!([alternative(&room, "A", "cheaper").await]);
    let made = with_rows(&room, ("products", "Made"), "alternatives", one).await;
    made.is(201);
}

#[tokio::test]
async fn product_styles_create_and_delete() {
    let room = CLASS.room().await;
    let one = json!([alternative(&room, "B", "cheaper").await]);
    let made = with_rows(&room, ("products", "Deleted"), "alternatives", one).await;
    let none = json!({"alternatives": []});
    room.owner()
        .change(made.location(), "*", &none)
        .await
        .is(200);
    assert_eq!(rows_of(&room, &made, "alternatives").await, json!([]));
}

#[tokio::test]
async fn product_styles_create_with_a_wrong_attribute() {
    let room = CLASS.room().await;
    let mut wrong = alternative(&room, "C", "cheaper").await;
    wrong["style"] = json!("low_end");
    let rows = json!([wrong]);
    let refused = with_rows(&room, ("products", "Wrong"), "alternatives", rows).await;
    refused.is_refusal(400, "invalid");
    assert!(refused.json()["fields"]["alternatives[0].style"].is_string());
}

#[tokio::test]
async fn product_styles_create_two_with_the_same_unique_value() {
    let room = CLASS.room().await;
    let one = alternative(&room, "D", "cheaper").await;
    let rows = json!([one, one]);
    let refused = with_rows(&room, ("products", "Same"), "alternatives", rows).await;
    refused.is_refusal(400, "invalid");
    assert!(refused.json()["fields"]["alternatives[1].product_id"].is_string());
}

#[tokio::test]
async fn product_styles_query_one() {
    let room = CLASS.room().await;
    let one = json!([alternative(&room, "E", "dearer").await]);
    let made = with_rows(&room, ("products", "One"), "alternatives", one.clone()).await;
    assert_eq!(rows_of(&room, &made, "alternatives").await, one);
}

#[tokio::test]
async fn product_styles_query_two() {
    let room = CLASS.room().await;
    let two = json!([
        alternative(&room, "F", "cheaper").await,
        alternative(&room, "G", "dearer").await,
    ]);
    let made = with_rows(&room, ("products", "Two"), "alternatives", two.clone()).await;
    assert_eq!(rows_of(&room, &made, "alternatives").await, two);
}
