//! Claims about retailers and those who decide about them.

use domain::{
    Caller,
    accounts::ModeratorRight,
    catalogue::{CatalogueError, RetailerView},
    documents::Revision,
};
use time::Duration;
use types::{
    Field, FullQuota, Reason,
    catalogue::{ProductInput, RetailerInput, ReviewStatus},
};

use super::{
    creator::{Creator, offer, published_product, refused, somebody},
    trash::in_trash,
};
use crate::support::World;

pub(super) fn at(domain: &str) -> RetailerInput {
    RetailerInput {
        name: domain.to_owned(),
        domains: vec![domain.to_owned()],
        ..RetailerInput::default()
    }
}

#[tokio::test]
async fn a_proposal_is_seen_by_its_own_artist_until_it_is_approved() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let other = Creator::new(&world, 2).await;
    let retailers = &world.domain.catalogue.retailers;
    let shop = at("shop.example");
    let proposed = retailers.create(&creator.caller, Some(&creator.artist.id), &shop);
    let proposed = proposed.await.unwrap();
    assert_eq!(proposed.content.review_status, ReviewStatus::Proposed);
    let unseen = retailers.get(&other.caller, &proposed.id).await;
    assert!(matches!(unseen, Err(CatalogueError::Unknown)), "{unseen:?}");
    assert_eq!(retailers.all(&other.caller).await.unwrap(), []);
    // The proposal of one artist is nobody else's business, so it is in nobody's way.
    let same = retailers.create(&other.caller, Some(&other.artist.id), &shop);
    same.await.unwrap();
    let judged = retailers.set_review_status(
        &Caller::System,
        &proposed.id,
        Revision(1),
        ReviewStatus::Approved,
    );
    let approved = judged.await.unwrap();
    // Which artist proposed it stays its own business: that may be a draft.
    let seen = RetailerView {
        parent: String::new(),
        ..approved.clone()
    };
    let of_other = retailers.get(&other.caller, &proposed.id).await.unwrap();
    assert_eq!(of_other, seen);
    assert!(retailers.all(&other.caller).await.unwrap().contains(&seen));
    let own = retailers.all(&creator.caller).await.unwrap();
    assert_eq!(own, [approved]);
    let late = retailers
        .create(&other.caller, Some(&other.artist.id), &at("shop.example"))
        .await;
    assert_eq!(refused(late, Field::Domains), Some(Reason::Taken));
}

#[tokio::test]
async fn only_one_approved_retailer_has_a_domain() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let other = Creator::new(&world, 2).await;
    let retailers = &world.domain.catalogue.retailers;
    let mut proposals = Vec::new();
    let shop = at("shop.example");
    for one in [&creator, &other] {
        let proposed = retailers.create(&one.caller, Some(&one.artist.id), &shop);
        proposals.push(proposed.await.unwrap().id);
    }
    let approve =
        |id| retailers.set_review_status(&Caller::System, id, Revision(1), ReviewStatus::Approved);
    let (first, second) = tokio::join!(approve(&proposals[0]), approve(&proposals[1]));
    let (refusal, is_first) = if first.is_err() {
        (first, true)
    } else {
        (second, false)
    };
    assert_eq!(refused(refusal, Field::Domains), Some(Reason::Taken));
    let approved = &proposals[usize::from(is_first)];
    let reopened = retailers.set_review_status(
        &Caller::System,
        approved,
        Revision(2),
        ReviewStatus::Proposed,
    );
    reopened.await.unwrap();
    approve(&proposals[usize::from(!is_first)]).await.unwrap();
}

#[tokio::test]
async fn only_a_moderator_decides_and_is_one_from_the_next_login_on() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let moderator = somebody(&world, 2).await;
    let domain = &world.domain;
    let retailers = &domain.catalogue.retailers;
    let shop = at("shop.example");
    let proposed = retailers.create(&creator.caller, Some(&creator.artist.id), &shop);
    let id = proposed.await.unwrap().id;
    let (from, approved) = (Revision(1), ReviewStatus::Approved);
    let own = retailers
        .set_review_status(&creator.caller, &id, from, approved)
        .await;
    assert!(matches!(own, Err(CatalogueError::Forbidden)), "{own:?}");
    let unseen = retailers
        .set_review_status(&moderator, &id, from, approved)
        .await;
    assert!(matches!(unseen, Err(CatalogueError::Unknown)), "{unseen:?}");
    let Caller::SignedIn {
        account, session, ..
    } = &moderator
    else {
        unreachable!()
    };
    let accounts = &domain.accounts;
    let forbidden = accounts
        .set_moderator(&creator.caller, account, ModeratorRight::Given)
        .await;
    assert!(forbidden.is_err());
    let found = accounts
        .find(&Caller::System, "Person2@EXAMPLE.org")
        .await
        .unwrap();
    assert_eq!(found, *account);
    accounts
        .set_moderator(&Caller::System, account, ModeratorRight::Given)
        .await
        .unwrap();
    assert!(
        world.resume(*session).await.is_none(),
        "its sessions have ended"
    );
    retailers
        .set_review_status(&moderator, &id, from, approved)
        .await
        .unwrap();
    accounts
        .set_moderator(&Caller::System, account, ModeratorRight::Taken)
        .await
        .unwrap();
    let late = retailers
        .set_review_status(&moderator, &id, Revision(2), ReviewStatus::Blocked)
        .await;
    assert!(matches!(late, Err(CatalogueError::Forbidden)), "{late:?}");
}

#[tokio::test]
async fn a_deleted_one_is_listed_for_those_who_can_restore_it() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let other = Creator::new(&world, 2).await;
    let retailers = &world.domain.catalogue.retailers;
    let mut ids = Vec::new();
    for domain in ["proposed.example", "approved.example"] {
        let shop = at(domain);
        let proposed = retailers.create(&creator.caller, Some(&creator.artist.id), &shop);
        ids.push(proposed.await.unwrap().id);
    }
    let (proposed, approved) = (&ids[0], &ids[1]);
    let system = &Caller::System;
    let judged = retailers.set_review_status(system, approved, Revision(1), ReviewStatus::Approved);
    let judged = judged.await.unwrap();
    let of_creator = retailers.delete(&creator.caller, proposed, Revision(1));
    of_creator.await.unwrap();
    let of_moderator = retailers.delete(system, approved, Revision(judged.revision));
    of_moderator.await.unwrap();

    let ids_of = async |caller| {
        let page = retailers.trash(caller, &in_trash("", 10)).await.unwrap();
        let mut ids: Vec<_> = page.entities.into_iter().map(|one| one.id).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids_of(system).await, ids);
    assert_eq!(ids_of(&creator.caller).await, ids[..1]);
    assert!(ids_of(&other.caller).await.is_empty());
    let own = retailers.restore(&creator.caller, approved).await;
    assert!(matches!(own, Err(CatalogueError::Forbidden)), "{own:?}");
    retailers.restore(&creator.caller, proposed).await.unwrap();
    retailers.restore(system, approved).await.unwrap();
    assert!(ids_of(system).await.is_empty());
}

#[tokio::test]
async fn whoever_links_to_a_deleted_shop_again_proposes_it_again() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let catalogue = &world.domain.catalogue;
    let caller = &creator.caller;
    let linking = |name: &str| ProductInput {
        offers: vec![offer("https://shop.example/a", "1")],
        ..published_product(name)
    };
    for (name, days) in [("A pen", 1), ("A lens", 31), ("A bag", 0)] {
        let product = creator.product(&world, &linking(name)).await;
        let seen = catalogue.retailers.all(caller).await.unwrap();
        let ids: Vec<_> = seen.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, [product.content.offers[0].retailer_id.as_str()]);
        creator.take_offers_out(&world, &product).await;
        let from = Revision(seen[0].revision);
        let deleted = catalogue.retailers.delete(caller, &seen[0].id, from);
        deleted.await.unwrap();
        world.clock.advance(Duration::days(days));
    }
}

#[tokio::test]
async fn an_artist_cannot_bury_moderators_under_proposals() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let retailers = &world.domain.catalogue.retailers;
    let propose = async |number: u32| {
        let shop = at(&format!("shop-{number}.example"));
        retailers
            .create(&creator.caller, Some(&creator.artist.id), &shop)
            .await
    };
    for number in 0..100 {
        propose(number).await.unwrap();
    }
    let refusal = propose(100).await;
    assert!(
        matches!(
            refusal,
            Err(CatalogueError::Full(FullQuota { most: 100, .. }))
        ),
        "{refusal:?}"
    );
}

#[tokio::test]
async fn what_becomes_of_an_approved_shop_is_written_down() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let retailers = &world.domain.catalogue.retailers;
    let (caller, system) = (&creator.caller, &Caller::System);
    let artist = &creator.artist.id;
    let shop = retailers
        .create(caller, Some(artist), &at("shop.example"))
        .await;
    let id = &shop.unwrap().id;
    // A proposal is its artist's own business.
    let renamed = at("other.example");
    retailers
        .update(caller, id, Revision(1), &renamed)
        .await
        .unwrap();
    let (from, approved) = (Revision(2), ReviewStatus::Approved);
    retailers
        .set_review_status(system, id, from, approved)
        .await
        .unwrap();
    let late = retailers.update(system, id, Revision(2), &renamed).await;
    assert!(matches!(late, Err(CatalogueError::Conflict)), "{late:?}");
    retailers
        .update(system, id, Revision(3), &at("shop.example"))
        .await
        .unwrap();
    retailers.delete(system, id, Revision(4)).await.unwrap();
    for _ in 0..2 {
        retailers.restore(system, id).await.unwrap();
    }
    let all = domain::collections();
    let audit = all.into_iter().find(|one| one.name == "audit").unwrap();
    let notes = world.documents.scan(audit, None, 100).await.unwrap();
    let notes: Vec<_> = notes.iter().map(|note| &note.body).collect();
    assert!(notes.iter().all(|note| note["subject"] == id.as_str()));
    let actions: Vec<_> = notes.iter().map(|note| &note["action"]).collect();
    assert_eq!(
        actions,
        [
            "retailer.approved",
            "retailer.changed",
            "retailer.deleted",
            "retailer.restored"
        ]
    );
}
