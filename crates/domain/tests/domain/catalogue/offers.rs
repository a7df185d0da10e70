//! Claims about the way to shops.

use domain::{Caller, catalogue::CatalogueError, documents::Revision};
use types::{
    catalogue::{ArtistInput, ProductInput, ReviewStatus, Status},
    pages::Destination,
};

use super::creator::{Creator, offer, published_artist, published_product};
use crate::support::{World, visitor};

#[tokio::test]
async fn an_offer_leads_to_a_shop_that_somebody_has_looked_at() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let input = ProductInput {
        offers: vec![offer("https://www.shop.example/a?b=c", "1")],
        ..published_product("A pen")
    };
    let product = creator.product(&world, &input).await;
    let (id, retailer) = (
        &product.content.offers[0].id,
        &product.content.offers[0].retailer_id,
    );
    let catalogue = &world.domain.catalogue;
    let before = catalogue.offers.follow(&visitor(), id).await.unwrap();
    assert!(
        matches!(
            &before,
            Destination::Unapproved(page) if page.domain == "shop.example"
        ),
        "{before:?}"
    );
    let judge = |from, status| {
        catalogue
            .retailers
            .set_review_status(&Caller::System, retailer, Revision(from), status)
    };
    judge(1, ReviewStatus::Approved).await.unwrap();
    let url = "https://www.shop.example/a?b=c".to_owned();
    assert_eq!(
        catalogue.offers.follow(&visitor(), id).await.unwrap(),
        Destination::Approved { url }
    );
    judge(2, ReviewStatus::Blocked).await.unwrap();
    let after = catalogue.offers.follow(&visitor(), id).await;
    assert!(matches!(after, Err(CatalogueError::Unknown)), "{after:?}");
}

#[tokio::test]
async fn nothing_tells_the_offer_of_a_draft_from_none() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    creator.shop(&world, "shop.example").await;
    let published = ProductInput {
        offers: vec![offer("https://shop.example/a", "1")],
        ..published_product("A pen")
    };
    let product = creator.product(&world, &published).await;
    let id = product.content.offers[0].id.clone();
    let catalogue = &world.domain.catalogue;
    let caller = &creator.caller;
    catalogue.offers.follow(&visitor(), &id).await.unwrap();
    let is_unknown = async || {
        let followed = catalogue.offers.follow(&visitor(), &id).await;
        matches!(followed, Err(CatalogueError::Unknown))
    };
    let draft = ProductInput {
        status: Status::Draft,
        ..ProductInput::from(&product.content)
    };
    catalogue
        .products
        .update(caller, &product.id, Revision(1), &draft)
        .await
        .unwrap();
    assert!(is_unknown().await, "the product is a draft");
    let public = ProductInput::from(&product.content);
    catalogue
        .products
        .update(caller, &product.id, Revision(2), &public)
        .await
        .unwrap();
    assert!(!is_unknown().await);
    let artist = ArtistInput {
        status: Status::Draft,
        ..published_artist("Artist 1")
    };
    catalogue
        .artists
        .update(caller, &creator.artist.id, Revision(1), &artist)
        .await
        .unwrap();
    assert!(is_unknown().await, "the artist is a draft");
    catalogue
        .artists
        .update(
            caller,
            &creator.artist.id,
            Revision(2),
            &published_artist("Artist 1"),
        )
        .await
        .unwrap();
    catalogue
        .products
        .delete(caller, &product.id, Revision(3))
        .await
        .unwrap();
    assert!(is_unknown().await, "the product is deleted");
    for nonsense in [
        "off_00000000000000000000000000000000",
        "off_1",
        "//evil.example",
        "",
    ] {
        let followed = catalogue.offers.follow(&visitor(), nonsense).await;
        assert!(
            matches!(followed, Err(CatalogueError::Unknown)),
            "{nonsense}"
        );
    }
}
