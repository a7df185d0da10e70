//! Scenes: chapters.

use serde_json::json;

use super::{rows_of, with_rows};
use crate::{original::class::Class, support::catalogue::Catalogue};

static CLASS: Class = Class::new("model-scenes");

#[tokio::test]
async fn scenes_create() {
    let room = CLASS.room().await;
    let one = json!([{"start": 1500, "title": "The kiss"}]);
    with_rows(&room, ("videos", "Made"), "chapters", one)
        .await
        .is(201);
}

#[tokio::test]
async fn scenes_create_and_delete() {
    let room = CLASS.room().await;
    let one = json!([{"start": 1500, "title": "The kiss"}]);
    let made = with_rows(&room, ("videos", "Deleted"), "chapters", one)
        .await
        .is(201);
    let none = json!({ "chapters": [] });
    room.owner()
        .change(made.location(), "*", &none)
        .await
        .is(200);
    assert_eq!(rows_of(&room, &made, "chapters").await, json!([]));
}

#[tokio::test]
async fn scenes_create_with_a_wrong_attribute() {
    let room = CLASS.room().await;
    let wrong = json!([{"start_time": 1500, "title": "The kiss"}]);
    let refused = with_rows(&room, ("videos", "Wrong"), "chapters", wrong).await;
    refused.is_refusal(400, "invalid");
    assert!(refused.json()["fields"]["chapters[0].start_time"].is_string());
}

#[tokio::test]
async fn scenes_create_two_with_the_same_unique_value() {
    let room = CLASS.room().await;
    let same = json!([{"start": 1500, "title": "The kiss"}, {"start": 1500, "title": "The door"}]);
    let refused = with_rows(&room, ("videos", "Same"), "chapters", same).await;
    refused.is_refusal(400, "invalid");
    assert!(refused.json()["fields"]["chapters[1].start"].is_string());
}

#[tokio::test]
async fn scenes_query_one() {
    let room = CLASS.room().await;
    let one = json!([{"start": 1500, "title": "The kiss"}]);
    let made = with_rows(&room, ("videos", "One"), "chapters", one.clone())
        .await
        .is(201);
    assert_eq!(rows_of(&room, &made, "chapters").await, one);
}

#[tokio::test]
async fn scenes_query_two() {
    let room = CLASS.room().await;
    let two = json!([{"start": 0, "title": "The door"}, {"start": 1500, "title": "The kiss"}]);
    let made = with_rows(&room, ("videos", "Two"), "chapters", two.clone())
        .await
        .is(201);
    assert_eq!(rows_of(&room, &made, "chapters").await, two);
}
