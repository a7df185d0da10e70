//! Claims about offers of retailers that are deleted or blocked.

use std::sync::Arc;

use domain::{
    Caller,
    catalogue::{CatalogueError, ProductView, RetailerView},
    documents::Revision,
};
use serde_json::json;
use time::Duration;
use types::{
    Field, Reason,
    catalogue::{ProductInput, ReviewStatus, VideoInput},
    pages::{Destination, ProductPage},
};

use super::{
    creator::{Creator, offer, placement, published_product, published_video, refused},
    lists::LostSearch,
    pending_changes::collection,
    public::{eventually_found, here},
    retailers::at,
};
use crate::support::{World, visitor};

const SYSTEM: &Caller = &Caller::System;

fn selling(name: &str, urls: &[&str]) -> ProductInput {
    ProductInput {
        offers: urls.iter().map(|url| offer(url, "20")).collect(),
        ..published_product(name)
    }
}

async fn decide(world: &World, id: &str, status: ReviewStatus) -> RetailerView {
    let decided = try_to_decide(world, id, status).await;
    decided.unwrap()
}

async fn try_to_decide(
    world: &World,
    id: &str,
    status: ReviewStatus,
) -> Result<RetailerView, CatalogueError> {
    let retailers = &world.domain.catalogue.retailers;
    let from = retailers.get(SYSTEM, id).await.unwrap().revision;
    retailers
        .set_review_status(SYSTEM, id, Revision(from), status)
        .await
}

async fn delete(world: &World, id: &str) {
    let retailers = &world.domain.catalogue.retailers;
    let from = retailers.get(SYSTEM, id).await.unwrap().revision;
    let deleted = retailers.delete(SYSTEM, id, Revision(from));
    deleted.await.unwrap();
}

async fn page_of(world: &World, artist: &str, slug: &str) -> ProductPage {
    let public = &world.domain.catalogue.public;
    here(public.product(&visitor(), artist, slug).await.unwrap())
}

/// How many offers everybody sees of a product of the first artist.
async fn listed(world: &World, slug: &str) -> usize {
    page_of(world, "artist-1", slug).await.offers.len()
}

/// What the link of the first offer of a product answers.
#[derive(Debug, PartialEq)]
enum Link {
    Redirects,
    Undecided,
    Unknown,
}

async fn follow(world: &World, product: &ProductView) -> Link {
    let offers = &world.domain.catalogue.offers;
    let id = &product.content.offers[0].id;
    match offers.follow(&visitor(), id).await {
        Ok(Destination::Approved { .. }) => Link::Redirects,
        Ok(Destination::Unapproved(_)) => Link::Undecided,
        Err(CatalogueError::Unknown) => Link::Unknown,
        Err(error) => panic!("{error:?}"),
    }
}

/// The ids of the offers that a product's owner sees marked.
async fn marked(world: &World, creator: &Creator, product: &ProductView) -> Vec<String> {
    let catalogue = &world.domain.catalogue;
    let product = catalogue.products.get(&creator.caller, &product.id).await;
    let product = product.unwrap();
    let marked = catalogue.studio.unlisted_offers(&creator.caller, &product);
    marked.await.unwrap()
}

/// Saves a product with what is stored.
async fn save(world: &World, creator: &Creator, product: &ProductView) -> ProductView {
    let products = &world.domain.catalogue.products;
    let stored = products.get(&creator.caller, &product.id).await.unwrap();
    let input = ProductInput::from(&stored.content);
    let from = Revision(stored.revision);
    let saved = products.update(&creator.caller, &product.id, from, &input);
    saved.await.unwrap()
}

#[tokio::test]
async fn an_offer_of_a_deleted_or_blocked_retailer_is_seen_by_its_owner_alone() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let gone = creator.shop(&world, "gone.example").await.id;
    creator.shop(&world, "shop.example").await;
    let urls = ["https://gone.example/pen", "https://shop.example/pen"];
    let pen = creator.product(&world, &selling("Pen", &urls)).await;
    let only = creator
        .product(&world, &selling("Ink", &["https://www.gone.example/ink"]))
        .await;
    let film = VideoInput {
        placements: vec![placement(&only, 1_000)],
        ..published_video("Film")
    };
    creator.video(&world, &film).await;
    eventually_found(&world, "pen", 1).await;
    let retailers = &world.domain.catalogue.retailers;
    for is_deletion in [true, false] {
        assert_eq!(follow(&world, &pen).await, Link::Redirects);
        match is_deletion {
            true => delete(&world, &gone).await,
            false => drop(decide(&world, &gone, ReviewStatus::Blocked).await),
        }

        assert_eq!(follow(&world, &pen).await, Link::Unknown);
        assert_eq!(follow(&world, &only).await, Link::Unknown);
        let page = page_of(&world, "artist-1", "pen").await;
        assert_eq!((page.offers.len(), page.product.retailers), (1, 1));
        assert_eq!(page.product.prices[0].offers, 1);
        assert!(!format!("{page:?}").contains("gone.example"), "{page:?}");
        let page = page_of(&world, "artist-1", "ink").await;
        assert!(page.offers.is_empty() && page.product.prices.is_empty());
        assert_eq!(page.product.retailers, 0);
        let public = &world.domain.catalogue.public;
        let page = public.video(&visitor(), "artist-1", "film").await.unwrap();
        let placement = &here(page).placements[0];
        assert_eq!((&placement.offer, placement.product.retailers), (&None, 0));
        for card in eventually_found(&world, "ink", 1).await {
            assert!(!format!("{card:?}").contains("2000"), "{card:?}");
        }
        eventually_found(&world, "gone", 0).await;

        let of_pen = [pen.content.offers[0].id.clone()];
        assert_eq!(marked(&world, &creator, &pen).await, of_pen);
        let saved = save(&world, &creator, &pen).await;
        assert_eq!(saved.content.offers, pen.content.offers);
        assert_eq!(listed(&world, "pen").await, 1);

        match is_deletion {
            true => drop(retailers.restore(SYSTEM, &gone).await.unwrap()),
            false => drop(decide(&world, &gone, ReviewStatus::Approved).await),
        }
        assert_eq!(follow(&world, &pen).await, Link::Redirects);
        assert_eq!(listed(&world, "pen").await, 2);
        assert!(marked(&world, &creator, &pen).await.is_empty());
    }
}

#[tokio::test]
async fn a_retailer_is_deleted_in_one_write_whatever_the_search_index_knows() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let pen = selling("Pen", &["https://shop.example/pen"]);
    let pen = creator.product(&world, &pen).await;
    let id = &pen.content.offers[0].retailer_id;
    let mute = world.over_search(Arc::new(LostSearch)).catalogue;
    let deleted = mute.retailers.delete(&creator.caller, id, Revision(1));
    assert!(deleted.await.unwrap().deleted_at.is_some());
    let products = &world.domain.catalogue.products;
    let after = products.get(&creator.caller, &pen.id).await.unwrap();
    assert_eq!(after, pen);
    assert_eq!(listed(&world, "pen").await, 0);
}

#[tokio::test]
async fn a_retailer_that_is_deleted_while_a_product_is_saved_stays_deleted() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let catalogue = &world.domain.catalogue;
    let caller = &creator.caller;
    for number in 0..10 {
        let domain = format!("shop-{number}.example");
        let pen = selling(
            &format!("Pen {number}"),
            &[&format!("https://{domain}/pen")],
        );
        let pen = creator.product(&world, &pen).await;
        let id = &pen.content.offers[0].retailer_id;
        let (saved, deleted) = tokio::join!(
            save(&world, &creator, &pen),
            catalogue.retailers.delete(caller, id, Revision(1)),
        );
        assert_eq!(saved.content.offers, pen.content.offers);
        deleted.unwrap();
        world.clock.advance(Duration::seconds(6));
        catalogue.catch_up(SYSTEM).await.unwrap();
        let gone = catalogue.retailers.get(caller, id).await;
        assert!(matches!(gone, Err(CatalogueError::Unknown)), "{gone:?}");
        assert_eq!(listed(&world, &format!("pen-{number}")).await, 0);
    }
}

#[tokio::test]
async fn an_offer_that_is_saved_again_does_not_restore_its_retailer_and_a_new_one_does() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let urls = ["https://shop.example/pen"];
    let pen = creator.product(&world, &selling("Pen", &urls)).await;
    let id = &pen.content.offers[0].retailer_id;
    decide(&world, id, ReviewStatus::Approved).await;
    delete(&world, id).await;
    save(&world, &creator, &pen).await;
    assert_eq!(listed(&world, "pen").await, 0);
    // Where the offer leads to is the retailer's, however its URL is changed.
    let products = &world.domain.catalogue.products;
    let stored = products.get(&creator.caller, &pen.id).await.unwrap();
    let mut input = ProductInput::from(&stored.content);
    "https://www.shop.example/other".clone_into(&mut input.offers[0].url);
    let from = Revision(stored.revision);
    let changed = products.update(&creator.caller, &pen.id, from, &input);
    assert_eq!(&changed.await.unwrap().content.offers[0].retailer_id, id);
    assert_eq!(follow(&world, &pen).await, Link::Unknown);

    let ink = creator.product(&world, &selling("Ink", &urls)).await;
    assert_eq!(&ink.content.offers[0].retailer_id, id);
    assert_eq!(follow(&world, &ink).await, Link::Undecided);
    assert_eq!(follow(&world, &pen).await, Link::Undecided);
}

#[tokio::test]
async fn an_offer_that_is_saved_again_is_not_proposed_for_another_artist() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let other = Creator::new(&world, 2).await;
    let shop = creator.shop(&world, "shop.example").await.id;
    let urls = ["https://shop.example/pen"];
    let pen = other.product(&world, &selling("Pen", &urls)).await;
    delete(&world, &shop).await;
    let saved = save(&world, &other, &pen).await;
    assert_eq!(saved.content.offers[0].retailer_id, shop);
    let retailers = &world.domain.catalogue.retailers;
    assert_eq!(retailers.all(&other.caller).await.unwrap(), []);
    retailers.restore(SYSTEM, &shop).await.unwrap();
    assert_eq!(follow(&world, &pen).await, Link::Redirects);
}

#[tokio::test]
async fn a_blocked_retailer_that_was_deleted_is_not_restored_by_a_new_offer() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let urls = ["https://shop.example/pen"];
    let pen = creator.product(&world, &selling("Pen", &urls)).await;
    let id = &pen.content.offers[0].retailer_id;
    decide(&world, id, ReviewStatus::Blocked).await;
    delete(&world, id).await;
    let ink = creator.product(&world, &selling("Ink", &urls)).await;
    assert_eq!(&ink.content.offers[0].retailer_id, id);
    for product in [&pen, &ink] {
        assert_eq!(follow(&world, product).await, Link::Unknown);
    }
    let gone = world.domain.catalogue.retailers.get(SYSTEM, id).await;
    assert!(matches!(gone, Err(CatalogueError::Unknown)), "{gone:?}");
}

#[tokio::test]
async fn a_domain_of_another_retailer_keeps_nobody_from_being_blocked() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let other = Creator::new(&world, 2).await;
    let retailers = &world.domain.catalogue.retailers;
    let evil = selling("Evil", &["https://evil.example/pen"]);
    let evil = other.product(&world, &evil).await;
    let proposed = &evil.content.offers[0].retailer_id;
    // The domain is nobody's when it is added, and another retailer's when this one is blocked.
    let mut input = at("evil.example");
    input.domains.push("shop.example".to_owned());
    let added = retailers.update(&other.caller, proposed, Revision(1), &input);
    added.await.unwrap();
    creator.shop(&world, "shop.example").await;
    let pen = selling("Pen", &["https://shop.example/pen"]);
    let pen = creator.product(&world, &pen).await;
    decide(&world, proposed, ReviewStatus::Blocked).await;
    assert_eq!(follow(&world, &evil).await, Link::Unknown);
    assert_eq!(follow(&world, &pen).await, Link::Redirects);
    let approved = try_to_decide(&world, proposed, ReviewStatus::Approved).await;
    assert_eq!(refused(approved, Field::Domains), Some(Reason::Taken));
}

#[tokio::test]
async fn a_domain_that_is_decided_about_is_added_to_no_proposal() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let other = Creator::new(&world, 2).await;
    creator.shop(&world, "shop.example").await;
    let evil = selling("Evil", &["https://evil.example/pen"]);
    let evil = other.product(&world, &evil).await;
    let proposed = &evil.content.offers[0].retailer_id;
    let mut input = at("evil.example");
    input.domains.push("shop.example".to_owned());
    let retailers = &world.domain.catalogue.retailers;
    let added = retailers.update(&other.caller, proposed, Revision(1), &input);
    assert_eq!(refused(added.await, Field::Domains), Some(Reason::Taken));
}

#[tokio::test]
async fn blocking_a_retailer_holds_for_its_domain() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let other = Creator::new(&world, 2).await;
    let catalogue = &world.domain.catalogue;
    let urls = ["https://shop.example/ink"];
    let ink = other.product(&world, &selling("Ink", &urls)).await;
    let proposed = &ink.content.offers[0].retailer_id;
    let shop = creator.shop(&world, "shop.example").await.id;
    let pen = other.product(&world, &selling("Pen", &urls)).await;
    assert_eq!(pen.content.offers[0].retailer_id, shop);
    assert_eq!(follow(&world, &ink).await, Link::Redirects);
    decide(&world, &shop, ReviewStatus::Blocked).await;
    let anew = at("shop.example");
    let artist = &other.artist.id;
    let anew = catalogue
        .retailers
        .create(&other.caller, Some(artist), &anew)
        .await;
    assert_eq!(refused(anew, Field::Domains), Some(Reason::Taken));
    let approved = try_to_decide(&world, proposed, ReviewStatus::Approved).await;
    assert_eq!(refused(approved, Field::Domains), Some(Reason::Taken));
    let late = other.product(&world, &selling("Late", &urls)).await;
    assert_eq!(late.content.offers[0].retailer_id, shop);
    for product in [&ink, &pen, &late] {
        let of_product = [product.content.offers[0].id.clone()];
        assert_eq!(marked(&world, &other, product).await, of_product);
        assert_eq!(follow(&world, product).await, Link::Unknown);
        let saved = save(&world, &other, product).await;
        assert_eq!(saved.content.offers[0].retailer_id, shop);
        assert_eq!(follow(&world, product).await, Link::Unknown);
    }

    decide(&world, &shop, ReviewStatus::Proposed).await;
    decide(&world, proposed, ReviewStatus::Approved).await;
    assert_eq!(follow(&world, &late).await, Link::Redirects);
}

#[tokio::test]
async fn an_offer_of_a_blocked_retailer_stays_unlisted_when_another_has_its_domain_approved() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let other = Creator::new(&world, 2).await;
    let urls = ["https://shop.example/pen"];
    let pen = creator.product(&world, &selling("Pen", &urls)).await;
    let blocked = &pen.content.offers[0].retailer_id;
    decide(&world, blocked, ReviewStatus::Blocked).await;
    // As a program from before decision 28 has stored it.
    free_key(&world, "domain/shop.example").await;
    let approved = other.shop(&world, "shop.example").await.id;
    assert_eq!(follow(&world, &pen).await, Link::Unknown);
    assert_eq!(listed(&world, "pen").await, 0);
    let both = try_to_decide(&world, blocked, ReviewStatus::Approved).await;
    assert_eq!(refused(both, Field::Domains), Some(Reason::Taken));

    // Its next change takes the key, once no other has it.
    decide(&world, blocked, ReviewStatus::Blocked).await;
    assert_eq!(follow(&world, &pen).await, Link::Unknown);
    decide(&world, &approved, ReviewStatus::Proposed).await;
    decide(&world, blocked, ReviewStatus::Blocked).await;
    let late = try_to_decide(&world, &approved, ReviewStatus::Approved).await;
    assert_eq!(refused(late, Field::Domains), Some(Reason::Taken));
    decide(&world, blocked, ReviewStatus::Approved).await;
    assert_eq!(follow(&world, &pen).await, Link::Redirects);
}

async fn free_key(world: &World, key: &str) {
    let keys = collection("keys");
    let stamp = world.documents.get(keys, key).await.unwrap().unwrap();
    let free = json!({ "owner": "", "stamped_at": 0 });
    let freed = world.documents.replace(keys, key, stamp.revision, free);
    freed.await.unwrap();
}

#[tokio::test]
async fn a_proposal_beside_an_approved_retailer_is_deleted_with_its_own_offers_only() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let other = Creator::new(&world, 2).await;
    let urls = ["https://shop.example/pen"];
    let ink = other.product(&world, &selling("Ink", &urls)).await;
    let proposed = &ink.content.offers[0].retailer_id;
    let shop = creator.shop(&world, "shop.example").await.id;
    let pen = creator.product(&world, &selling("Pen", &urls)).await;
    delete(&world, proposed).await;
    assert_eq!(follow(&world, &ink).await, Link::Unknown);
    assert_eq!(follow(&world, &pen).await, Link::Redirects);
    let saved = save(&world, &other, &ink).await;
    assert_eq!(saved.content.offers[0].retailer_id, shop);
    assert_eq!(follow(&world, &ink).await, Link::Redirects);
}

#[tokio::test]
async fn a_retailer_that_can_no_longer_be_restored_lists_no_offers_and_is_in_nobodys_way() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let other = Creator::new(&world, 2).await;
    let urls = ["https://shop.example/pen"];
    let pen = creator.product(&world, &selling("Pen", &urls)).await;
    let id = &pen.content.offers[0].retailer_id;
    decide(&world, id, ReviewStatus::Approved).await;
    delete(&world, id).await;
    world.clock.advance(Duration::days(31));
    assert_eq!(
        &save(&world, &creator, &pen).await.content.offers[0].retailer_id,
        id
    );
    let anew = other.shop(&world, "shop.example").await.id;
    assert_eq!(follow(&world, &pen).await, Link::Unknown);
    let saved = save(&world, &creator, &pen).await;
    assert_eq!(saved.content.offers[0].retailer_id, anew);
    assert_eq!(follow(&world, &pen).await, Link::Redirects);
}
