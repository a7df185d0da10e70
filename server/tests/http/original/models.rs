//! Each model: created, deleted, refused and found.

mod artists;
mod product_styles;
mod product_types;
mod products;
mod retailers;
mod scenes;
mod users;
mod videos;

use serde_json::{Value, json};

use super::class::Room;
use crate::support::{
    TestResponse,
    catalogue::{Catalogue, a_thing},
};

/// Creates an entity of a kind.
async fn create(room: &Room, kind: &str, name: &str) -> TestResponse {
    let body = a_thing(kind, room.artist.id(), name);
    room.owner().create(kind, &body).await
}

/// Creates an entity and deletes it.
async fn create_and_delete(room: &Room, kind: &str, name: &str) {
    let owner = room.owner();
    let made = owner.entity(kind, &room.artist, name).await;
    owner.remove(&made.path, &made.tag()).await.is(200);
    owner.read(&made.path).await.is_refusal(404, "not_found");
}

/// Sends an entity with a member that its kind does not have.
async fn create_with_a_wrong_attribute(room: &Room, kind: &str) {
    let mut body = a_thing(kind, room.artist.id(), "Wrong");
    body["wrong"] = json!("x");
    let answer = room.owner().create(kind, &body).await;
    answer.is_refusal(400, "invalid");
    assert_eq!(
        answer.json()["fields"],
        json!({"wrong": "'wrong' is not a known field."})
    );
}

/// Finds entities by a word of their names.
async fn query(room: &Room, kind: &str, names: &[&str]) {
    for name in names {
        create(room, kind, name).await.is(201);
    }
    let word = names[0].split(' ').next().unwrap();
    let list = format!("/v1/{kind}?sort=name&q={word}");
    let list = room.owner().read(&list).await.is(200).json();
    let field = crate::support::catalogue::name_field(kind);
    let found: Vec<_> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one[field])
        .collect();
    assert_eq!(found, names);
    assert_eq!(list["total"], names.len());
}

/// Creates an entity with rows in a list.
async fn with_rows(
    room: &Room,
    (kind, name): (&str, &str),
    list: &str,
    rows: Value,
) -> TestResponse {
    let mut body = a_thing(kind, room.artist.id(), name);
    body[list] = rows;
    room.owner().create(kind, &body).await
}

/// The rows that a read returns.
async fn rows_of(room: &Room, answer: &TestResponse, list: &str) -> Value {
    let read = room.owner().read(answer.location()).await.is(200);
    read.json()["data"][list].clone()
}
