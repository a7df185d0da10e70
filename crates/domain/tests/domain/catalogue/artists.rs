//! Claims about artists.

use domain::{Caller, accounts::AccountError, catalogue::CatalogueError, documents::Revision};
use futures::future::join_all;
use types::{
    Field, Reason,
    catalogue::{ArtistInput, Status},
};

use super::creator::{Creator, published_artist, refused, somebody};
use crate::support::{World, visitor};

#[tokio::test]
async fn a_name_suffices() {
    let world = World::new().await;
    let caller = somebody(&world, 1).await;
    let input = ArtistInput {
        name: " Ada  Lovelace ".to_owned(),
        ..ArtistInput::default()
    };
    let artists = &world.domain.catalogue.artists;
    let artist = artists.create(&caller, None, &input).await.unwrap();
    assert_eq!(artist.slug, "ada-lovelace");
    assert_eq!(artist.revision, 1);
    assert_eq!(artist.created_at, artist.updated_at);
    assert_eq!(artist.content.status, Status::Draft);
    assert_eq!(artists.get(&caller, &artist.id).await.unwrap(), artist);
    assert_eq!(artists.all(&caller).await.unwrap(), [artist]);
}

#[tokio::test]
async fn nobody_but_the_owner_sees_an_artist() {
    let world = World::new().await;
    let owner = Creator::new(&world, 1).await;
    let stranger = Creator::new(&world, 2).await;
    let artists = &world.domain.catalogue.artists;
    let (id, from) = (&owner.artist.id, Revision(1));
    let input = published_artist("Mine now");
    for (caller, is_known) in [(&stranger.caller, true), (&visitor(), false)] {
        for refusal in [
            artists.get(caller, id).await,
            artists.update(caller, id, from, &input).await,
            artists.delete(caller, id, from).await,
            artists.restore(caller, id).await,
        ] {
            match (refusal, is_known) {
                (Err(CatalogueError::Unknown), true)
                | (Err(CatalogueError::Unauthenticated), false) => {}
                (other, _) => panic!("{other:?}"),
            }
        }
    }
    assert_eq!(artists.all(&stranger.caller).await.unwrap().len(), 1);
}

#[tokio::test]
async fn of_32_that_want_one_slug_exactly_one_gets_it() {
    let world = World::new().await;
    let caller = somebody(&world, 1).await;
    let artists = &world.domain.catalogue.artists;
    let input = published_artist("The Only One");
    let made = join_all((0..32).map(|_| artists.create(&caller, None, &input))).await;
    let (made, refusals): (Vec<_>, Vec<_>) = made.into_iter().partition(Result::is_ok);
    assert_eq!(made.len(), 1);
    for refusal in refusals {
        assert_eq!(refused(refusal, Field::Slug), Some(Reason::Taken));
    }
    assert_eq!(artists.all(&caller).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_change_rises_and_names_what_it_started_from() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let artists = &world.domain.catalogue.artists;
    let id = &creator.artist.id;
    let mut before = creator.artist.clone();
    for bio in ["one", "two", "three"] {
        let input = ArtistInput {
            bio: bio.to_owned(),
            ..published_artist("Artist 1")
        };
        let from = Revision(before.revision);
        let after = artists
            .update(&creator.caller, id, from, &input)
            .await
            .unwrap();
        assert!(after.updated_at > before.updated_at, "{after:?}");
        assert_eq!(after.created_at, before.created_at);
        assert_eq!(after.slug, before.slug);
        let again = artists.update(&creator.caller, id, from, &input).await;
        assert!(matches!(again, Err(CatalogueError::Conflict)), "{again:?}");
        before = after;
    }
}

#[tokio::test]
async fn of_16_changes_from_one_revision_exactly_one_is_made() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let artists = &world.domain.catalogue.artists;
    let inputs: Vec<_> = (0..16)
        .map(|number| published_artist(&format!("Name {number}")))
        .collect();
    let id = &creator.artist.id;
    let changes = inputs
        .iter()
        .map(|input| artists.update(&creator.caller, id, Revision(1), input));
    let changed = join_all(changes).await;
    assert_eq!(changed.iter().filter(|done| done.is_ok()).count(), 1);
    let moved = |done: &&Result<_, _>| matches!(done, Err(CatalogueError::Conflict));
    assert_eq!(changed.iter().filter(moved).count(), 15);
}

#[tokio::test]
async fn an_artist_that_is_restored_while_its_account_is_deleted_keeps_an_owner() {
    let world = World::new().await;
    let domain = &world.domain;
    let artists = &domain.catalogue.artists;
    for number in 0..30 {
        let creator = Creator::new(&world, number).await;
        let Caller::SignedIn { account, .. } = &creator.caller else {
            unreachable!()
        };
        let (caller, id) = (&creator.caller, &creator.artist.id);
        artists.delete(caller, id, Revision(1)).await.unwrap();
        let (restored, deleted) = tokio::join!(
            artists.restore(caller, id),
            domain.accounts.delete(&Caller::System, account),
        );
        assert_eq!(
            restored.is_ok(),
            deleted.is_err(),
            "{restored:?} {deleted:?}"
        );
        let is_there = artists.get(caller, id).await.is_ok();
        assert_eq!(is_there, restored.is_ok());
        if is_there {
            let more = published_artist(&format!("More {number}"));
            artists.create(caller, None, &more).await.unwrap();
        }
    }
}

#[tokio::test]
async fn an_account_with_artists_is_not_deleted_and_one_without_gets_none_afterwards() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let Caller::SignedIn { account, .. } = &creator.caller else {
        unreachable!()
    };
    let domain = &world.domain;
    let refusal = domain.accounts.delete(&Caller::System, account).await;
    assert!(
        matches!(refusal, Err(AccountError::OwnsArtists(1))),
        "{refusal:?}"
    );
    let artists = &domain.catalogue.artists;
    let (id, from) = (&creator.artist.id, Revision(1));
    artists.delete(&creator.caller, id, from).await.unwrap();
    domain
        .accounts
        .delete(&Caller::System, account)
        .await
        .unwrap();
    let late = artists
        .create(&creator.caller, None, &published_artist("Too late"))
        .await;
    assert!(
        matches!(late, Err(CatalogueError::Unauthenticated)),
        "{late:?}"
    );
}

#[tokio::test]
async fn an_artist_that_is_made_while_its_account_is_deleted_never_outlives_it() {
    for _ in 0..8 {
        let world = World::new().await;
        let caller = somebody(&world, 1).await;
        let Caller::SignedIn { account, .. } = &caller else {
            unreachable!()
        };
        let domain = &world.domain;
        let input = published_artist("Racer");
        let (made, deleted) = tokio::join!(
            domain.catalogue.artists.create(&caller, None, &input),
            domain.accounts.delete(&Caller::System, account)
        );
        assert!(made.is_err() || deleted.is_err(), "{made:?} {deleted:?}");
    }
}
