//! Claims about products and their offers.

use domain::documents::Revision;
use types::{
    Field, Reason,
    catalogue::{AlternativeInput, ProductInput, Tier},
};

use super::creator::{Creator, offer, published_product, refused};
use crate::support::World;

#[tokio::test]
async fn a_gtin_is_of_one_product_of_an_artist() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let input = |name: &str| ProductInput {
        gtin: "4006381333931".to_owned(),
        ..published_product(name)
    };
    creator.product(&world, &input("A pen")).await;
    let products = &world.domain.catalogue.products;
    let refusal = products
        .create(
            &creator.caller,
            Some(&creator.artist.id),
            &input("The same"),
        )
        .await;
    assert_eq!(refused(refusal, Field::Gtin), Some(Reason::Taken));
    Creator::new(&world, 2)
        .await
        .product(&world, &input("A pen"))
        .await;
}

#[tokio::test]
async fn a_shop_that_nobody_knows_is_proposed_by_the_first_offer_and_used_by_the_next() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let input = ProductInput {
        offers: vec![
            offer("https://www.shop.example/a", "19.90"),
            offer("https://m.shop.example/b", ""),
        ],
        ..published_product("A pen")
    };
    let product = creator.product(&world, &input).await;
    let offers = &product.content.offers;
    assert!(offers[0].id.starts_with("off_") && offers[0].id != offers[1].id);
    assert!(offers[0].retailer_id.starts_with("ret_"));
    assert_eq!(offers[0].retailer_id, offers[1].retailer_id);
    assert_eq!(
        offers[0].price.as_ref().map(|price| price.minor),
        Some(1990)
    );
    assert_eq!(offers[1].price, None);
    let retailers = world
        .domain
        .catalogue
        .retailers
        .all(&creator.caller)
        .await
        .unwrap();
    assert_eq!(retailers.len(), 1);
    assert_eq!(retailers[0].content.retailer.domains, ["shop.example"]);
}

#[tokio::test]
async fn a_link_below_a_public_suffix_is_no_shop() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let input = ProductInput {
        offers: vec![offer("https://co.uk/a", "1")],
        ..published_product("A pen")
    };
    let products = &world.domain.catalogue.products;
    let refusal = products
        .create(&creator.caller, Some(&creator.artist.id), &input)
        .await;
    assert_eq!(
        refused(refusal, Field::OfferUrl(0)),
        Some(Reason::PublicSuffix)
    );
}

#[tokio::test]
async fn alternatives_are_other_products_and_stay_while_one_is_deleted() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let cheap = creator.product(&world, &published_product("Cheap")).await;
    let input = ProductInput {
        alternatives: vec![AlternativeInput {
            product_id: cheap.id.clone(),
            tier: Tier::Cheaper,
        }],
        ..published_product("Dear")
    };
    let dear = creator.product(&world, &input).await;
    let products = &world.domain.catalogue.products;
    let caller = &creator.caller;
    products
        .delete(caller, &cheap.id, Revision(1))
        .await
        .unwrap();
    let without = products.get(caller, &dear.id).await.unwrap();
    assert_eq!(without.content.alternatives, []);
    let input = ProductInput::from(&without.content);
    products
        .update(caller, &dear.id, Revision(1), &input)
        .await
        .unwrap();
    products.restore(caller, &cheap.id).await.unwrap();
    let whole = products.get(caller, &dear.id).await.unwrap();
    assert_eq!(whole.content.alternatives, dear.content.alternatives);
    let of_itself = ProductInput {
        alternatives: vec![AlternativeInput {
            product_id: dear.id.clone(),
            tier: Tier::Dearer,
        }],
        ..input
    };
    let from = Revision(whole.revision);
    let refusal = products.update(caller, &dear.id, from, &of_itself).await;
    assert_eq!(
        refused(refusal, Field::AlternativeProductId(0)),
        Some(Reason::Unknown)
    );
}

#[tokio::test]
async fn products_are_found_by_what_their_owner_calls_them() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let stranger = Creator::new(&world, 2).await;
    let of = async |creator: &Creator, name: &str, slug: &str| {
        let input = ProductInput {
            slug: slug.to_owned(),
            ..published_product(name)
        };
        creator.product(&world, &input).await.id
    };
    let lamp = of(&creator, "Red Lamp", "red").await;
    let other = of(&creator, "red lamp", "other").await;
    let shade = of(&creator, "Red lamp shade", "shade").await;
    let star = of(&creator, "★", "star").await;
    let gone = of(&creator, "Sofa", "sofa").await;
    let foreign = of(&stranger, "Sofa", "sofa").await;
    let products = &world.domain.catalogue.products;
    let caller = &creator.caller;
    products.delete(caller, &gone, Revision(1)).await.unwrap();
    let twins = [lamp.as_str(), &other];
    for (typed, wanted) in [
        (" RED lamp ", &twins[..]),
        (&lamp, &twins),
        ("Red lamp (other)", &[&other]),
        ("red lamp (sofa)", &[]),
        ("Red lamp shade", &[&shade]),
        ("red lamp sh", &[]),
        ("red", &[]),
        ("★", &[&star]),
        ("", &[]),
        ("Sofa", &[]),
        ("Sofa (sofa)", &[]),
        (&gone, &[]),
        (&foreign, &[]),
    ] {
        for artist in [None, Some(creator.artist.id.as_str())] {
            let meant = products
                .find_by_typed_text(caller, artist, &[typed])
                .await
                .unwrap();
            let mut ids: Vec<_> = meant.iter().map(|one| one.id.as_str()).collect();
            let mut wanted = wanted.to_vec();
            ids.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(ids, wanted, "{typed:?}");
        }
    }
    let of_stranger = Some(stranger.artist.id.as_str());
    for typed in ["Sofa", &foreign] {
        let meant = products
            .find_by_typed_text(caller, of_stranger, &[typed])
            .await;
        assert_eq!(meant.unwrap(), []);
    }
}
