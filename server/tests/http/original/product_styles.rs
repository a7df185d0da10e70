//! Product styles in the API: tiers of alternatives.

use serde_json::{Value, json};

use super::class::{Class, Room};
use crate::support::{TestResponse, catalogue::Catalogue};

static CLASS: Class = Class::new("product-styles");

/// Creates a product with alternatives, given by the names of new products.
async fn with_alternatives(
    room: &Room,
    name: &str,
    tiers: &[(&str, &str)],
) -> (Value, TestResponse) {
    let owner = room.owner();
    let product = owner.entity("products", &room.artist, name).await;
    let mut alternatives = Vec::new();
    for (other, tier) in tiers {
        let other = format!("{name} {other}");
        let list = format!("/v1/products?sort=name&q={}", other.replace(' ', "%20"));
        let found = owner.read(&list).await.is(200).json()["data"][0]["id"].clone();
        let id = match found {
            Value::Null => owner.entity("products", &room.artist, &other).await.data["id"].clone(),
            found => found,
        };
        alternatives.push(json!({"product_id": id, "tier": tier}));
    }
    let patch = json!({ "alternatives": alternatives });
    let answer = owner.change(&product.path, &product.tag(), &patch).await;
    (patch, answer)
}

#[tokio::test]
async fn product_styles_check_that_one_exists() {
    let room = CLASS.room().await;
    let (_, answer) = with_alternatives(&room, "Jacket", &[("copy", "cheaper")]).await;
    let path = format!(
        "/v1/products/{}",
        answer.json()["data"]["id"].as_str().unwrap()
    );
    let read = room.owner().read(&path).await.is(200).json();
    assert_eq!(read["data"]["alternatives"][0]["tier"], "cheaper");
}

#[tokio::test]
async fn product_styles_add_one() {
    let room = CLASS.room().await;
    let (patch, answer) = with_alternatives(&room, "Shoe", &[("gold", "dearer")]).await;
    assert_eq!(
        answer.is(200).json()["data"]["alternatives"],
        patch["alternatives"]
    );
}

#[tokio::test]
async fn product_styles_add_two() {
    let room = CLASS.room().await;
    let two = [("copy", "cheaper"), ("gold", "dearer")];
    let (patch, answer) = with_alternatives(&room, "Coat", &two).await;
    assert_eq!(
        answer.is(200).json()["data"]["alternatives"],
        patch["alternatives"]
    );
}

#[tokio::test]
async fn product_styles_add_two_with_the_same_name() {
    let room = CLASS.room().await;
    let same = [("copy", "cheaper"), ("copy", "dearer")];
    let (_, answer) = with_alternatives(&room, "Hat", &same).await;
    answer.is_refusal(400, "invalid");
    assert!(answer.json()["fields"]["alternatives[1].product_id"].is_string());
}
