//! Artists in the API.

use super::class::Class;
use crate::support::catalogue::{Catalogue, a_thing};

static CLASS: Class = Class::new("artists");

#[tokio::test]
async fn artists_check_that_one_exists() {
    let room = CLASS.room().await;
    let answer = room.owner().read(&room.artist.path).await.is(200);
    assert_eq!(answer.json()["data"]["name"], room.artist.data["name"]);
}

#[tokio::test]
async fn artists_add_one() {
    let room = CLASS.room().await;
    let body = a_thing("artists", "", "Alone");
    let answer = room.owner().create("artists", &body).await.is(201);
    assert_eq!(answer.json()["data"]["name"], "Alone");
}

#[tokio::test]
async fn artists_add_two() {
    let room = CLASS.room().await;
    let (first, second) = (
        room.owner().artist("First of two").await,
        room.owner().artist("Second of two").await,
    );
    assert_ne!(first.id(), second.id());
}

#[tokio::test]
async fn artists_add_two_with_the_same_name() {
    let room = CLASS.room().await;
    let body = a_thing("artists", "", "The same");
    room.owner().create("artists", &body).await.is(201);
    let answer = room.owner().create("artists", &body).await;
    answer.is_refusal(409, "already_exists");
}
