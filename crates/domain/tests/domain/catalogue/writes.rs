//! Claims about the rate limits of changes.

use domain::{
    AccountId, Caller, ClientNetwork, DomainSettings, LimitsMode, accounts::AccountError,
    catalogue::CatalogueError, documents::Revision, sessions::SessionKey,
};
use time::Duration;
use types::{
    NameChange,
    catalogue::{ArtistInput, ProductInput, RetailerInput, ReviewStatus, VideoInput},
};

use super::creator::somebody;
use crate::support::{World, settings};

const NOTHING: &str = "vid_0192aaaabbbbccccddddeeeeffff0001";

/// Number of these changes that are admitted; there is nothing to change.
async fn admitted(world: &World, caller: &Caller, tries: usize) -> usize {
    let videos = &world.domain.catalogue.videos;
    let mut admitted = 0;
    for _ in 0..tries {
        match videos.delete(caller, NOTHING, Revision(1)).await {
            Err(CatalogueError::Unknown) => admitted += 1,
            Err(CatalogueError::TooMany(_)) => {}
            answer => panic!("{answer:?}"),
        }
    }
    admitted
}

/// The same caller at another address.
fn at(caller: &Caller, number: u8) -> Caller {
    let Caller::SignedIn {
        account, session, ..
    } = caller
    else {
        panic!("nobody is signed in");
    };
    signed_in(account.clone(), *session, number)
}

fn signed_in(account: AccountId, session: SessionKey, number: u8) -> Caller {
    Caller::SignedIn {
        account,
        session,
        source: ClientNetwork::new([192, 0, 2, number].into()),
    }
}

#[tokio::test]
async fn an_account_writes_six_hundred_times_and_then_twice_a_second() {
    let world = World::with(settings()).await;
    let (caller, other) = (somebody(&world, 1).await, somebody(&world, 2).await);
    let everywhere = [at(&caller, 1), at(&caller, 2)];
    assert_eq!(admitted(&world, &everywhere[0], 400).await, 400);
    assert_eq!(admitted(&world, &everywhere[1], 400).await, 200);
    world.clock.advance(Duration::SECOND);
    assert_eq!(admitted(&world, &everywhere[0], 10).await, 2);
    assert_eq!(admitted(&world, &at(&other, 1), 10).await, 10);
}

#[tokio::test]
async fn a_source_writes_as_often_as_three_accounts() {
    let world = World::with(settings()).await;
    for number in 1..4 {
        let caller = at(&somebody(&world, number).await, 1);
        assert_eq!(admitted(&world, &caller, 600).await, 600);
    }
    let fourth = somebody(&world, 4).await;
    assert_eq!(admitted(&world, &at(&fourth, 1), 5).await, 0);
    assert_eq!(admitted(&world, &at(&fourth, 2), 5).await, 5);
}

#[tokio::test]
async fn the_operator_and_load_tests_write_as_often_as_they_like() {
    let world = World::with(settings()).await;
    assert_eq!(admitted(&world, &Caller::System, 2_000).await, 2_000);
    let world = World::with(DomainSettings {
        limits: LimitsMode::Off,
        ..settings()
    })
    .await;
    let caller = somebody(&world, 1).await;
    assert_eq!(admitted(&world, &caller, 2_000).await, 2_000);
}

#[tokio::test]
async fn every_change_is_counted() {
    let world = World::with(settings()).await;
    let caller = &somebody(&world, 1).await;
    admitted(&world, caller, 600).await;
    let catalogue = &world.domain.catalogue;
    let (artists, videos) = (&catalogue.artists, &catalogue.videos);
    let (products, retailers) = (&catalogue.products, &catalogue.retailers);
    let (id, from) = (NOTHING, Revision(1));
    let artist = ArtistInput::default();
    let video = VideoInput::default();
    let product = ProductInput::default();
    let retailer = RetailerInput::default();
    let refusals = [
        artists.create(caller, None, &artist).await.err(),
        artists.update(caller, id, from, &artist).await.err(),
        artists.delete(caller, id, from).await.err(),
        artists.restore(caller, id).await.err(),
        videos.create(caller, Some(id), &video).await.err(),
        videos.update(caller, id, from, &video).await.err(),
        videos.delete(caller, id, from).await.err(),
        videos.restore(caller, id).await.err(),
        products.create(caller, Some(id), &product).await.err(),
        products.update(caller, id, from, &product).await.err(),
        products.delete(caller, id, from).await.err(),
        products.restore(caller, id).await.err(),
        retailers.create(caller, Some(id), &retailer).await.err(),
        retailers.update(caller, id, from, &retailer).await.err(),
        retailers.delete(caller, id, from).await.err(),
        retailers.restore(caller, id).await.err(),
        retailers
            .set_review_status(caller, id, from, ReviewStatus::Approved)
            .await
            .err(),
    ];
    for (number, refusal) in refusals.iter().enumerate() {
        let is_counted = matches!(refusal, Some(CatalogueError::TooMany(_)));
        assert!(is_counted, "{number}: {refusal:?}");
    }
    let names = NameChange::default();
    let refused = world.domain.accounts.change_names(caller, &names).await;
    assert!(
        matches!(refused, Err(AccountError::TooMany(_))),
        "{refused:?}"
    );
}
