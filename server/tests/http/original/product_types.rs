//! Product types in the API: attributes.

use serde_json::json;

use super::class::Class;
use crate::support::catalogue::Catalogue;

static CLASS: Class = Class::new("product-types");

#[tokio::test]
async fn product_types_check_that_one_exists() {
    let room = CLASS.room().await;
    let jacket = json!({
        "artist_id": room.artist.id(),
        "name": "Jacket",
        "attributes": [{"name": "Type", "value": "Jacket"}],
    });
    let jacket = room.owner().made("products", &jacket).await;
    let read = room.owner().read(&jacket.path).await.is(200).json();
    assert_eq!(read["data"]["attributes"][0]["name"], "Type");
}

#[tokio::test]
async fn product_types_add_one() {
    let room = CLASS.room().await;
    let shoe = room.owner().entity("products", &room.artist, "Shoe").await;
    let one = json!({"attributes": [{"name": "Type", "value": "Shoe"}]});
    let answer = room.owner().change(&shoe.path, &shoe.tag(), &one).await;
    assert_eq!(
        answer.is(200).json()["data"]["attributes"],
        one["attributes"]
    );
}

#[tokio::test]
async fn product_types_add_two() {
    let room = CLASS.room().await;
    let coat = room.owner().entity("products", &room.artist, "Coat").await;
    let two = json!({"attributes": [
        {"name": "Type", "value": "Coat"},
        {"name": "Colour", "value": "Blue"},
    ]});
    let answer = room.owner().change(&coat.path, &coat.tag(), &two).await;
    assert_eq!(
        answer.is(200).json()["data"]["attributes"],
        two["attributes"]
    );
}

#[tokio::test]
async fn product_types_add_two_with_the_same_name() {
    let room = CLASS.room().await;
    let hat = room.owner().entity("products", &room.artist, "Hat").await;
    let same = json!({"attributes": [
        {"name": "Type", "value": "Hat"},
        {"name": "type", "value": "Cap"},
    ]});
    let answer = room.owner().change(&hat.path, &hat.tag(), &same).await;
    answer.is_refusal(400, "invalid");
    assert!(answer.json()["fields"]["attributes[1].name"].is_string());
}
