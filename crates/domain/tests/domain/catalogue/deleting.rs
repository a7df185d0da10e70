//! Claims about deleting and restoring.

use domain::{
    Caller,
    catalogue::{CatalogueError, Resolved, VideoView},
    documents::Revision,
};
use time::Duration;
use types::{FullQuota, catalogue::VideoInput};

use super::{
    creator::{Creator, placement, published_artist, published_product, published_video, somebody},
    trash::in_trash,
};
use crate::support::{World, visitor};

async fn all_deleted(world: &World, caller: &Caller) -> Vec<VideoView> {
    let videos = &world.domain.catalogue.videos;
    let page = videos.trash(caller, &in_trash("", 10)).await.unwrap();
    assert_eq!(page.total, page.entities.len() as u64);
    page.entities
}

#[tokio::test]
async fn with_an_artist_everything_under_it_is_gone_and_comes_back_as_it_was() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let lens = creator.product(&world, &published_product("A lens")).await;
    let video = creator.video_with(&world, &lens).await;
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
    let trash = catalogue.artists.trash(caller, &in_trash("", 10)).await;
    assert_eq!(trash.unwrap().entities, [deleted]);
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
    assert!(matches!(page, Ok(Resolved::Present(_))), "{page:?}");
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
    // The video is changed by a client that does not see the placement.
    let input = VideoInput {
        description: "changed".to_owned(),
        ..VideoInput::from(&without.content)
    };
    let changed = catalogue
        .videos
        .update(caller, &video.id, Revision(1), &input);
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
    assert_eq!(all_deleted(&world, caller).await, [deleted]);
    let restored = videos.restore(caller, &video.id).await.unwrap();
    assert_eq!(restored.content, video.content);
    let once_more = videos.restore(caller, &video.id).await.unwrap();
    assert_eq!(once_more, restored);
    let from = Revision(restored.revision);
    videos.delete(caller, &video.id, from).await.unwrap();
    world.clock.advance(Duration::days(31));
    assert_eq!(all_deleted(&world, caller).await, []);
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
    assert_eq!(all_deleted(&world, &stranger.caller).await, []);
}

/// A form that was opened while a product was deleted does not contain its placement, and must not
/// remove it.
#[tokio::test]
async fn a_restored_product_is_not_taken_out_by_a_form_from_before() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let lens = creator.product(&world, &published_product("A lens")).await;
    let video = creator.video_with(&world, &lens).await;
    let catalogue = &world.domain.catalogue;
    let caller = &creator.caller;
    let deleted = catalogue.products.delete(caller, &lens.id, Revision(1));
    deleted.await.unwrap();
    let form = catalogue.videos.get(caller, &video.id).await.unwrap();
    assert_eq!(form.content.placements, []);
    catalogue.products.restore(caller, &lens.id).await.unwrap();
    let typed = VideoInput {
        title: "Another title".to_owned(),
        ..VideoInput::from(&form.content)
    };
    let saved = catalogue
        .videos
        .update(caller, &video.id, Revision(form.revision), &typed)
        .await;
    assert!(matches!(saved, Err(CatalogueError::Conflict)), "{saved:?}");
    let now = catalogue.videos.get(caller, &video.id).await.unwrap();
    assert_eq!(now.content, video.content);
}

#[tokio::test]
async fn what_can_no_longer_be_restored_makes_room() {
    let world = World::new().await;
    let caller = somebody(&world, 1).await;
    let artists = &world.domain.catalogue.artists;
    let make = async |number: u32| {
        let input = published_artist(&format!("Artist {number}"));
        artists.create(&caller, None, &input).await
    };
    for number in 0..100 {
        make(number).await.unwrap();
    }
    let full = make(100).await;
    assert!(
        matches!(full, Err(CatalogueError::Full(FullQuota { most: 100, .. }))),
        "{full:?}"
    );
    let first = &artists.all(&caller).await.unwrap()[0];
    artists
        .delete(&caller, &first.id, Revision(1))
        .await
        .unwrap();
    let full = make(100).await;
    assert!(
        matches!(full, Err(CatalogueError::Full(FullQuota { most: 100, .. }))),
        "{full:?}"
    );
    world.clock.advance(Duration::days(31));
    make(100).await.unwrap();
}
