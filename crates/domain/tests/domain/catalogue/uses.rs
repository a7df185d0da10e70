//! Claims about what uses a retailer.

use domain::{Caller, documents::Revision};
use types::catalogue::{ProductInput, ReviewStatus, Status};

use super::creator::{Creator, offer, published_product};
use crate::support::World;

#[tokio::test]
async fn a_product_uses_the_retailer_that_has_the_decision_about_its_domain_and_its_own() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let other = Creator::new(&world, 2).await;
    let input = ProductInput {
        offers: vec![offer("https://www.shop.example/a", "1")],
        ..published_product("A pen")
    };
    let product = other.product(&world, &input).await;
    let own = product.content.offers[0].retailer_id.clone();
    let approved = creator.shop(&world, "shop.example").await;
    assert_ne!(approved.id, own);
    let retailers = &world.domain.catalogue.retailers;
    let uses = async |caller, id: &str| retailers.uses(caller, id).await.unwrap();
    assert_eq!(uses(&other.caller, &own).await.total, 1);
    let used = uses(&Caller::System, &approved.id).await;
    assert_eq!(used.products[0].links, ["https://www.shop.example/a"]);
    let judge = |from, status| {
        let from = Revision(from);
        retailers.set_review_status(&Caller::System, &approved.id, from, status)
    };
    judge(2, ReviewStatus::Blocked).await.unwrap();
    assert_eq!(uses(&Caller::System, &approved.id).await.total, 1);
    // One about which nobody has decided is nothing to the products of others.
    judge(3, ReviewStatus::Proposed).await.unwrap();
    assert_eq!(uses(&Caller::System, &approved.id).await.total, 0);
}

#[tokio::test]
async fn what_strangers_have_of_a_shop_is_counted_for_moderators_only() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let stranger = Creator::new(&world, 2).await;
    let retailers = &world.domain.catalogue.retailers;
    let shop = creator.shop(&world, "shop.example").await;
    let draft = ProductInput {
        status: Status::Draft,
        offers: vec![offer("https://shop.example/a", "1")],
        ..published_product("A secret")
    };
    stranger.product(&world, &draft).await;
    let uses = retailers.uses(&creator.caller, &shop.id).await.unwrap();
    assert_eq!((uses.total, uses.products.len()), (0, 0));
    let uses = retailers.uses(&stranger.caller, &shop.id).await.unwrap();
    assert_eq!((uses.total, uses.products.len()), (1, 1));
    let uses = retailers.uses(&Caller::System, &shop.id).await.unwrap();
    assert_eq!((uses.total, uses.products.len()), (1, 1));
}
