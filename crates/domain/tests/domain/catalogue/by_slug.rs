//! Claims about entities that the operator finds by their slug.

use domain::{Caller, ClientNetwork, catalogue::CatalogueError, documents::Revision};
use types::catalogue::{ProductInput, RetailerInput, VideoInput};

use super::creator::{Creator, published_artist, published_product, published_video};
use crate::support::World;

const SYSTEM: &Caller = &Caller::System;

#[tokio::test]
async fn a_thing_is_at_every_slug_that_it_has_or_had_and_stays_there_when_it_is_deleted() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let catalogue = &world.domain.catalogue;
    let renamed = types::catalogue::ArtistInput {
        slug: "new-name".to_owned(),
        ..published_artist("Artist 1")
    };
    let from = Revision(creator.artist.revision);
    let artists = &catalogue.artists;
    let changed = artists.update(&creator.caller, &creator.artist.id, from, &renamed);
    let changed = changed.await.unwrap();
    let from = Revision(changed.revision);
    let deleted = artists.delete(&creator.caller, &changed.id, from).await;
    let deleted = deleted.unwrap();
    for slug in ["artist-1", "new-name"] {
        let found = catalogue.artist_at(SYSTEM, slug).await.unwrap();
        assert_eq!(found, Some(deleted.clone()), "{slug}");
    }
    for slug in ["artist-2", "", "No slug!", "ab"] {
        let found = catalogue.artist_at(SYSTEM, slug).await.unwrap();
        assert_eq!(found, None, "{slug}");
    }
}

#[tokio::test]
async fn what_belongs_to_an_artist_is_found_there_only() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let other = Creator::new(&world, 2).await;
    let catalogue = &world.domain.catalogue;
    let (here, there) = (&creator.artist.id, &other.artist.id);
    let video = VideoInput {
        slug: "one".to_owned(),
        ..published_video("A video")
    };
    let video = creator.video(&world, &video).await;
    let product = ProductInput {
        slug: "one".to_owned(),
        ..published_product("A product")
    };
    let product = creator.product(&world, &product).await;
    let shop = RetailerInput {
        name: "A shop".to_owned(),
        slug: "one".to_owned(),
        domains: vec!["shop.example".to_owned()],
        ..RetailerInput::default()
    };
    let shop = catalogue
        .retailers
        .create(&creator.caller, Some(here), &shop)
        .await
        .unwrap();
    assert_eq!(
        catalogue.video_at(SYSTEM, here, "one").await.unwrap(),
        Some(video)
    );
    assert_eq!(
        catalogue.product_at(SYSTEM, here, "one").await.unwrap(),
        Some(product)
    );
    assert_eq!(
        catalogue.retailer_at(SYSTEM, here, "one").await.unwrap(),
        Some(shop)
    );
    assert_eq!(
        catalogue.video_at(SYSTEM, there, "one").await.unwrap(),
        None
    );
    assert_eq!(
        catalogue.product_at(SYSTEM, there, "one").await.unwrap(),
        None
    );
    assert_eq!(
        catalogue.retailer_at(SYSTEM, there, "one").await.unwrap(),
        None
    );
}

#[tokio::test]
async fn only_the_operator_is_told() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let catalogue = &world.domain.catalogue;
    let visitor = Caller::Anonymous(ClientNetwork::new([192, 0, 2, 1].into()));
    for caller in [&creator.caller, &visitor] {
        let (artist, slug) = (&creator.artist.id, "artist-1");
        let answers = [
            catalogue.artist_at(caller, slug).await.map(drop),
            catalogue.video_at(caller, artist, slug).await.map(drop),
            catalogue.product_at(caller, artist, slug).await.map(drop),
            catalogue.retailer_at(caller, artist, slug).await.map(drop),
        ];
        for answer in answers {
            assert!(
                matches!(answer, Err(CatalogueError::Forbidden)),
                "{answer:?}"
            );
        }
    }
}
