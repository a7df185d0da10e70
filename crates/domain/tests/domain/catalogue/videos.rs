//! Claims about videos and their placements.

use domain::{catalogue::CatalogueError, documents::Revision};
use types::{
    Field, Reason,
    catalogue::{PlacementInput, VideoInput},
};

use super::creator::{Creator, placement, published_product, published_video, refused};
use crate::support::World;

#[tokio::test]
async fn a_title_suffices_and_everything_else_is_kept_as_typed() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let lens = creator.product(&world, &published_product("A lens")).await;
    let input = VideoInput {
        url: "https://youtu.be/dQw4w9WgXcQ".to_owned(),
        description: "Two\nlines".to_owned(),
        placements: vec![placement(&lens, 1_000), placement(&lens, 2_000)],
        ..published_video("What is in my bag")
    };
    let video = creator.video(&world, &input).await;
    assert_eq!(video.slug, "what-is-in-my-bag");
    assert_eq!(video.parent, creator.artist.id);
    assert_eq!(video.content.description, "Two\nlines");
    let ids: Vec<_> = video.content.placements.iter().map(|one| &one.id).collect();
    assert!(ids[0].starts_with("plc_") && ids[0] != ids[1]);
    let videos = &world.domain.catalogue.videos;
    assert_eq!(videos.get(&creator.caller, &video.id).await.unwrap(), video);
}

#[tokio::test]
async fn placements_keep_their_ids_and_take_their_new_order() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let lens = creator.product(&world, &published_product("A lens")).await;
    let input = VideoInput {
        placements: vec![placement(&lens, 1_000), placement(&lens, 2_000)],
        ..published_video("A")
    };
    let video = creator.video(&world, &input).await;
    let mut swapped = VideoInput::from(&video.content);
    swapped.placements.reverse();
    let videos = &world.domain.catalogue.videos;
    let changed = videos.update(&creator.caller, &video.id, Revision(1), &swapped);
    let changed = changed.await.unwrap();
    let mut expected = video.content.placements.clone();
    expected.reverse();
    assert_eq!(changed.content.placements, expected);
}

#[tokio::test]
async fn only_live_products_of_the_same_artist_are_placed() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let stranger = Creator::new(&world, 2).await;
    let theirs = stranger.product(&world, &published_product("Theirs")).await;
    let videos = &world.domain.catalogue.videos;
    let unknown = PlacementInput {
        product_id: "prd_00000000000000000000000000000000".to_owned(),
        ..PlacementInput::default()
    };
    let nonsense = PlacementInput {
        product_id: "../../etc".to_owned(),
        ..PlacementInput::default()
    };
    for wrong in [placement(&theirs, 0), unknown, nonsense] {
        let input = VideoInput {
            placements: vec![wrong],
            ..published_video("A")
        };
        let refusal = videos
            .create(&creator.caller, Some(&creator.artist.id), &input)
            .await;
        assert_eq!(
            refused(refusal, Field::PlacementProductId(0)),
            Some(Reason::Unknown)
        );
    }
}

#[tokio::test]
async fn one_link_is_in_one_video_of_an_artist() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let input = |title: &str, url: &str| VideoInput {
        url: url.to_owned(),
        ..published_video(title)
    };
    let first = creator
        .video(&world, &input("A", "https://youtu.be/dQw4w9WgXcQ"))
        .await;
    let videos = &world.domain.catalogue.videos;
    let same = input("B", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=5");
    let refusal = videos
        .create(&creator.caller, Some(&creator.artist.id), &same)
        .await;
    assert_eq!(refused(refusal, Field::Url), Some(Reason::Taken));
    let other = Creator::new(&world, 2).await;
    other.video(&world, &same).await;
    // A released link can be used by another video at once.
    let without = VideoInput {
        url: String::new(),
        ..VideoInput::from(&first.content)
    };
    let changed = videos.update(&creator.caller, &first.id, Revision(1), &without);
    changed.await.unwrap();
    creator.video(&world, &same).await;
}

#[tokio::test]
async fn a_video_of_an_artist_that_is_not_the_callers_is_not_made() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let stranger = Creator::new(&world, 2).await;
    let videos = &world.domain.catalogue.videos;
    for artist in [creator.artist.id.as_str(), "art_1", ""] {
        let made = videos
            .create(&stranger.caller, Some(artist), &published_video("A"))
            .await;
        assert!(matches!(made, Err(CatalogueError::Unknown)), "{made:?}");
    }
}
