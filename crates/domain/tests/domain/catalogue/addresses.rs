//! Claims about the slugs of artists: which can be assigned, how often, and what becomes of them.

use domain::{
    Caller,
    catalogue::{ArtistView, CatalogueError},
    documents::Revision,
};
use time::Duration;
use types::{Field, Reason, catalogue::ArtistInput};

use super::creator::{Creator, published_artist, refused, somebody};
use crate::support::{World, settings};

fn at(slug: &str) -> ArtistInput {
    ArtistInput {
        slug: slug.to_owned(),
        ..published_artist("An artist")
    }
}

async fn rename(
    world: &World,
    creator: &Creator,
    slug: &str,
) -> Result<ArtistView, CatalogueError> {
    let artists = &world.domain.catalogue.artists;
    let (caller, id) = (&creator.caller, &creator.artist.id);
    let now = artists.get(caller, id).await.unwrap();
    artists
        .update(caller, id, Revision(now.revision), &at(slug))
        .await
}

/// The artist that has or had this slug.
async fn found(world: &World, slug: &str) -> Option<String> {
    let found = world.domain.catalogue.artist_at(&Caller::System, slug);
    found.await.unwrap().map(|artist| artist.id)
}

#[tokio::test]
async fn a_former_address_ends_and_is_given_to_nobody_for_a_while() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let other = somebody(&world, 2).await;
    let artists = &world.domain.catalogue.artists;
    for number in 0..12 {
        rename(&world, &creator, &format!("name-{number}"))
            .await
            .unwrap();
    }
    assert_eq!(found(&world, "name-0").await, None);
    for number in 1..12 {
        let slug = format!("name-{number}");
        assert_eq!(found(&world, &slug).await, Some(creator.artist.id.clone()));
    }
    world.clock.advance(Duration::days(90));
    let early = artists.create(&other, None, &at("name-0")).await;
    assert_eq!(refused(early, Field::Slug), Some(Reason::Taken));
    // Its own artist can assign it again at any time, and releases another one for it.
    rename(&world, &creator, "name-0").await.unwrap();
    assert_eq!(found(&world, "name-1").await, None);
    world
        .clock
        .advance(Duration::days(90) + Duration::minutes(1));
    artists.create(&other, None, &at("name-1")).await.unwrap();
    let kept = artists.create(&other, None, &at("name-0")).await;
    assert_eq!(refused(kept, Field::Slug), Some(Reason::Taken));
}

#[tokio::test]
async fn an_account_gets_ten_new_addresses_and_then_one_every_six_hours() {
    let world = World::with(settings()).await;
    let creator = Creator::new(&world, 1).await;
    for number in 0..10 {
        rename(&world, &creator, &format!("name-{number}"))
            .await
            .unwrap();
    }
    let Err(CatalogueError::TooMany(too_many)) = rename(&world, &creator, "name-10").await else {
        panic!("an eleventh");
    };
    assert_eq!(too_many.retry_after.as_secs(), 6 * 60 * 60);
    // Neither a slug that redirects to the artist already nor another change costs a token.
    rename(&world, &creator, "name-4").await.unwrap();
    rename(&world, &creator, "name-4").await.unwrap();
    world.clock.advance(Duration::hours(6));
    rename(&world, &creator, "name-10").await.unwrap();
}

#[tokio::test]
async fn words_of_the_operator_are_no_address_of_an_artist() {
    let world = World::with(settings()).await;
    let creator = Creator::new(&world, 1).await;
    let artists = &world.domain.catalogue.artists;
    for word in ["admin", "support", "log-in", "inspired-team", "moderator2"] {
        let chosen = artists.create(&creator.caller, None, &at(word)).await;
        assert_eq!(
            refused(chosen, Field::Slug),
            Some(Reason::Reserved),
            "{word}"
        );
        let renamed = rename(&world, &creator, word).await;
        assert_eq!(
            refused(renamed, Field::Slug),
            Some(Reason::Reserved),
            "{word}"
        );
    }
    let derived = artists
        .create(&creator.caller, None, &published_artist("Admin"))
        .await;
    let derived = derived.unwrap();
    let (word, end) = derived.slug.as_str().split_once('-').unwrap();
    assert_eq!((word, end.len()), ("admin", 8));
    assert!(derived.id.ends_with(end));
}

#[tokio::test]
async fn the_operator_gives_reserved_addresses_and_their_holders_keep_them() {
    let world = World::with(settings()).await;
    let creator = Creator::new(&world, 1).await;
    let Caller::SignedIn { account, .. } = &creator.caller else {
        panic!("nobody is signed in");
    };
    let artists = &world.domain.catalogue.artists;
    let support = at("support");
    let given = artists.create_for(&Caller::System, account, &support);
    let given = Creator {
        artist: given.await.unwrap(),
        caller: creator.caller.clone(),
    };
    rename(&world, &given, "support").await.unwrap();
    rename(&world, &given, "our-support").await.unwrap();
    rename(&world, &given, "support").await.unwrap();
}

#[tokio::test]
async fn an_address_that_is_refused_costs_none() {
    let world = World::with(settings()).await;
    let creator = Creator::new(&world, 1).await;
    let other = somebody(&world, 2).await;
    let artists = &world.domain.catalogue.artists;
    artists.create(&other, None, &at("taken")).await.unwrap();
    for _ in 0..12 {
        let taken = rename(&world, &creator, "taken").await;
        assert_eq!(refused(taken, Field::Slug), Some(Reason::Taken));
    }
    for number in 0..10 {
        rename(&world, &creator, &format!("name-{number}"))
            .await
            .unwrap();
    }
    let eleventh = rename(&world, &creator, "name-10").await;
    assert!(
        matches!(eleventh, Err(CatalogueError::TooMany(_))),
        "{eleventh:?}"
    );
}
