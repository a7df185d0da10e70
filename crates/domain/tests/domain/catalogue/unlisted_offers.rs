//! Claims about offers of retailers that are blocked.

use domain::{
    Caller,
    catalogue::{CatalogueError, ProductView, RetailerView},
    documents::Revision,
};
use serde_json::json;
use types::{
    Field, Reason,
    catalogue::{ProductInput, ReviewStatus},
    pages::{Destination, ProductPage},
};

use super::{
    creator::{Creator, offer, published_product, refused},
    pending_changes::collection,
    public::here,
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
    retailers.judge(SYSTEM, id, Revision(from), status).await
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
    let saved = products.change(&creator.caller, &product.id, from, &input);
    saved.await.unwrap()
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
    // Two decisions about one domain would contradict each other.
    let both = try_to_decide(&world, proposed, ReviewStatus::Blocked).await;
    assert_eq!(refused(both, Field::Domains), Some(Reason::Taken));

    decide(&world, &shop, ReviewStatus::Blocked).await;
    let anew = at("shop.example");
    let artist = &other.artist.id;
    let anew = catalogue
        .retailers
        .propose(&other.caller, artist, &anew)
        .await;
    assert_eq!(refused(anew, Field::Domains), Some(Reason::Taken));
    for status in [ReviewStatus::Approved, ReviewStatus::Blocked] {
        let decided = try_to_decide(&world, proposed, status).await;
        assert_eq!(refused(decided, Field::Domains), Some(Reason::Taken));
    }
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
