//! Claims about deleting, and taking it back.

use domain::{
    catalogue::{CatalogueError, Resolved},
    documents::Revision,
};
use time::Duration;
use types::catalogue::VideoInput;

use super::creator::{Creator, placement, published_product, published_video};
use crate::support::{World, visitor};

#[tokio::test]
async fn with_an_artist_everything_under_it_is_gone_and_comes_back_as_it_was() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let lens = creator.product(&world, &published_product("A lens")).await;
    let input = VideoInput {
        placements: vec![placement(&lens, 1_000)],
        ..published_video("A video")
    };
    let video = creator.video(&world, &input).await;
    let catalogue = &world.domain.catalogue;
    let (caller, artist) = (&creator.caller, &creator.artist);
    let deleted = catalogue
        .artists
        .delete(caller, &artist.id, Revision(1))
        .await
        .unwrap();
    assert!(deleted.deleted_at.is_some());
    assert!(matches!(
        catalogue.videos.get(caller, &video.id).await,
        Err(CatalogueError::Unknown)
    ));
    assert!(matches!(
        catalogue.products.get(caller, &lens.id).await,
        Err(CatalogueError::Unknown)
    ));
    let page = catalogue
        .public
        .video(&visitor(), &artist.slug, &video.slug)
        .await;
    assert!(matches!(page, Err(CatalogueError::Unknown)), "{page:?}");
    assert_eq!(catalogue.artists.deleted(caller).await.unwrap(), [deleted]);
    let restored = catalogue.artists.restore(caller, &artist.id).await.unwrap();
    assert_eq!(restored.content, artist.content);
    assert_eq!(
        catalogue.videos.get(caller, &video.id).await.unwrap(),
        video
    );
    assert_eq!(
        catalogue.products.get(caller, &lens.id).await.unwrap(),
        lens
    );
    let page = catalogue
        .public
        .video(&visitor(), &artist.slug, &video.slug)
        .await;
    assert!(matches!(page, Ok(Resolved::Here(_))), "{page:?}");
}

#[tokio::test]
async fn a_product_is_gone_from_every_video_and_comes_back_to_its_place() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let lens = creator.product(&world, &published_product("A lens")).await;
    let bag = creator.product(&world, &published_product("A bag")).await;
    let input = VideoInput {
        placements: vec![
            placement(&bag, 0),
            placement(&lens, 1_000),
            placement(&bag, 2_000),
        ],
        ..published_video("A video")
    };
    let video = creator.video(&world, &input).await;
    let catalogue = &world.domain.catalogue;
    let caller = &creator.caller;
    catalogue
        .products
        .delete(caller, &lens.id, Revision(1))
        .await
        .unwrap();
    let without = catalogue.videos.get(caller, &video.id).await.unwrap();
    assert_eq!(without.content.placements.len(), 2);
    // Somebody who does not see the placement changes the video.
    let input = VideoInput {
        description: "changed".to_owned(),
        ..VideoInput::from(&without.content)
    };
    let changed = catalogue
        .videos
        .change(caller, &video.id, Revision(1), &input);
    assert_eq!(changed.await.unwrap().content.placements.len(), 2);
    catalogue.products.restore(caller, &lens.id).await.unwrap();
    let whole = catalogue.videos.get(caller, &video.id).await.unwrap();
    assert_eq!(whole.content.placements, video.content.placements);
}

#[tokio::test]
async fn a_deletion_can_be_taken_back_for_thirty_days() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let video = creator.video(&world, &published_video("A video")).await;
    let videos = &world.domain.catalogue.videos;
    let caller = &creator.caller;
    let deleted = videos.delete(caller, &video.id, Revision(1)).await.unwrap();
    let again = videos.delete(caller, &video.id, Revision(2)).await;
    assert!(matches!(again, Err(CatalogueError::Unknown)), "{again:?}");
    world.clock.advance(Duration::days(29));
    assert_eq!(videos.deleted(caller).await.unwrap(), [deleted]);
    let restored = videos.restore(caller, &video.id).await.unwrap();
    assert_eq!(restored.content, video.content);
    let once_more = videos.restore(caller, &video.id).await.unwrap();
    assert_eq!(once_more, restored);
    let from = Revision(restored.revision);
    videos.delete(caller, &video.id, from).await.unwrap();
    world.clock.advance(Duration::days(31));
    assert_eq!(videos.deleted(caller).await.unwrap(), []);
    let late = videos.restore(caller, &video.id).await;
    assert!(matches!(late, Err(CatalogueError::Unknown)), "{late:?}");
}

#[tokio::test]
async fn nobody_takes_back_what_a_stranger_deleted() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let stranger = Creator::new(&world, 2).await;
    let video = creator.video(&world, &published_video("A video")).await;
    let videos = &world.domain.catalogue.videos;
    videos
        .delete(&creator.caller, &video.id, Revision(1))
        .await
        .unwrap();
    let restored = videos.restore(&stranger.caller, &video.id).await;
    assert!(
        matches!(restored, Err(CatalogueError::Unknown)),
        "{restored:?}"
    );
    assert_eq!(videos.deleted(&stranger.caller).await.unwrap(), []);
}
