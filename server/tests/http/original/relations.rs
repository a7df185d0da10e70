//! Relations between models.

use serde_json::json;

use super::class::{Class, Room};
use crate::support::catalogue::{Catalogue, CreatedEntities, a_thing};

static CLASS: Class = Class::new("relations");

async fn video_with(room: &Room, title: &str, product: &CreatedEntities) -> CreatedEntities {
    let mut body = a_thing("videos", room.artist.id(), title);
    body["placements"] = json!([{"product_id": product.id()}]);
    room.owner().made("videos", &body).await
}

#[tokio::test]
async fn artist_with_video() {
    let room = CLASS.room().await;
    let owner = room.owner();
    let artist = owner.artist("With a video").await;
    let video = owner.entity("videos", &artist, "Of the artist").await;
    assert_eq!(video.data["artist_id"], artist.id());
    let list = format!("/v1/videos?artist_id={}", artist.id());
    let list = owner.read(&list).await.is(200).json();
    assert_eq!(list["data"], json!([video.data]));
}

#[tokio::test]
async fn video_with_product() {
    let room = CLASS.room().await;
    let product = room
        .owner()
        .entity("products", &room.artist, "In a video")
        .await;
    let video = video_with(&room, "With a product", &product).await;
    let read = room.owner().read(&video.path).await.is(200).json();
    assert_eq!(read["data"]["placements"][0]["product_id"], product.id());
}

#[tokio::test]
async fn two_videos_with_the_same_product_and_name() {
    let room = CLASS.room().await;
    let product = room
        .owner()
        .entity("products", &room.artist, "In both")
        .await;
    video_with(&room, "Both", &product).await;
    let mut second = a_thing("videos", room.artist.id(), "Both");
    second["placements"] = json!([{"product_id": product.id()}]);
    let refused = room.owner().create("videos", &second).await;
    refused.is_refusal(409, "already_exists");
    second["slug"] = json!("both-2");
    let made = room.owner().made("videos", &second).await;
    assert_eq!(made.data["placements"][0]["product_id"], product.id());
}
