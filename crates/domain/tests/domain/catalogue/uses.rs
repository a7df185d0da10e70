//! Claims about what uses a retailer, and that one which is used stays.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use domain::{
    Caller,
    catalogue::CatalogueError,
    documents::{Revision, StoreError},
    search::{Entry, Found, IndexVersion, Location, Query, Rebuild, Search},
};
use time::Duration;
use tokio::sync::Notify;
use types::catalogue::{ProductInput, ReviewStatus, Status};

use super::{
    creator::{Creator, offer, published_product},
    lists::{LostSearch, take_up},
    retailers::at,
};
use crate::support::World;

#[tokio::test]
async fn a_retailer_that_offers_use_is_not_deleted() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let input = ProductInput {
        offers: vec![offer("https://shop.example/a", "1")],
        ..published_product("A pen")
    };
    let product = creator.product(&world, &input).await;
    let catalogue = &world.domain.catalogue;
    let caller = &creator.caller;
    let id = &product.content.offers[0].retailer_id;
    let refusal = catalogue.retailers.delete(caller, id, Revision(1)).await;
    assert!(
        matches!(refusal, Err(CatalogueError::InUse(1))),
        "{refusal:?}"
    );
    creator.take_offers_out(&world, &product).await;
    catalogue
        .retailers
        .delete(caller, id, Revision(1))
        .await
        .unwrap();
    let gone = catalogue.retailers.get(caller, id).await;
    assert!(matches!(gone, Err(CatalogueError::Unknown)), "{gone:?}");
    catalogue.retailers.restore(caller, id).await.unwrap();
    catalogue.retailers.get(caller, id).await.unwrap();
}

#[tokio::test]
async fn a_retailer_to_which_offers_lead_that_name_another_proposal_is_not_deleted() {
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
    let delete = async |caller, id: &str, from| retailers.delete(caller, id, Revision(from)).await;
    let refusal = delete(&Caller::System, &approved.id, approved.revision).await;
    assert!(
        matches!(refusal, Err(CatalogueError::InUse(1))),
        "{refusal:?}"
    );
    let refusal = delete(&other.caller, &own, 1).await;
    assert!(
        matches!(refusal, Err(CatalogueError::InUse(1))),
        "{refusal:?}"
    );
    let uses = retailers.uses(&Caller::System, &approved.id).await.unwrap();
    assert_eq!(uses.products[0].links, ["https://www.shop.example/a"]);
    // One that has not been looked at is nothing to the products of others.
    let unused = retailers
        .judge(
            &Caller::System,
            &approved.id,
            Revision(approved.revision),
            ReviewStatus::Proposed,
        )
        .await
        .unwrap();
    delete(&Caller::System, &approved.id, unused.revision)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_retailer_of_what_can_be_restored_is_not_deleted() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let catalogue = &world.domain.catalogue;
    let (caller, system) = (&creator.caller, &Caller::System);
    let input = ProductInput {
        offers: vec![offer("https://shop.example/a", "1")],
        ..published_product("A pen")
    };
    let product = creator.product(&world, &input).await;
    let id = &product.content.offers[0].retailer_id;
    let delete = async |caller| catalogue.retailers.delete(caller, id, Revision(1)).await;

    let deleted = catalogue.products.delete(caller, &product.id, Revision(1));
    deleted.await.unwrap();
    let refusal = delete(caller).await;
    assert!(
        matches!(refusal, Err(CatalogueError::InUse(1))),
        "{refusal:?}"
    );
    for caller in [caller, system] {
        let uses = catalogue.retailers.uses(caller, id).await.unwrap();
        assert_eq!((uses.total, uses.deleted), (0, 1));
    }
    catalogue
        .products
        .restore(caller, &product.id)
        .await
        .unwrap();

    let artist = &creator.artist;
    let deleted = catalogue
        .artists
        .delete(caller, &artist.id, Revision(artist.revision))
        .await
        .unwrap();
    let refusal = delete(system).await;
    assert!(
        matches!(refusal, Err(CatalogueError::InUse(1))),
        "{refusal:?}"
    );
    assert!(deleted.deleted_at.is_some());
    // Each change on a clock that stands still is a millisecond later.
    world
        .clock
        .advance(Duration::days(30) + Duration::seconds(1));
    delete(system).await.unwrap();
}

#[tokio::test]
async fn a_retailer_that_is_deleted_while_a_product_is_saved_is_there_again() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let catalogue = &world.domain.catalogue;
    let caller = &creator.caller;
    for number in 0..20 {
        let domain = format!("shop-{number}.example");
        let shop = catalogue
            .retailers
            .propose(caller, &creator.artist.id, &at(&domain))
            .await
            .unwrap();
        let input = ProductInput {
            offers: vec![offer(&format!("https://{domain}/a"), "1")],
            ..published_product(&format!("Pen {number}"))
        };
        let (saved, deleted) = tokio::join!(
            creator.product(&world, &input),
            catalogue.retailers.delete(caller, &shop.id, Revision(1)),
        );
        let id = &saved.content.offers[0].retailer_id;
        let there = catalogue.retailers.get(caller, id).await;
        assert!(there.is_ok(), "{there:?} after {deleted:?}");
    }
}

#[tokio::test]
async fn a_retailer_that_is_deleted_behind_a_save_that_died_is_there_again() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let catalogue = &world.domain.catalogue;
    let caller = &creator.caller;
    let shop = catalogue
        .retailers
        .propose(caller, &creator.artist.id, &at("shop.example"))
        .await
        .unwrap();
    let input = ProductInput {
        offers: vec![offer("https://shop.example/a", "1")],
        ..published_product("A pen")
    };
    // The product is there, and nobody has told the read model.
    let mute = world.over_search(Arc::new(LostSearch));
    let saved = mute
        .catalogue
        .products
        .create(caller, &creator.artist.id, &input)
        .await
        .unwrap();
    assert_eq!(saved.content.offers[0].retailer_id, shop.id);
    let deleted = catalogue.retailers.delete(caller, &shop.id, Revision(1));
    deleted.await.unwrap();
    world.clock.advance(Duration::seconds(6));
    // What is due may be listed late, so one round may find the note of something else.
    let kept = async {
        loop {
            catalogue.catch_up(&Caller::System).await.unwrap();
            if let Ok(kept) = catalogue.retailers.get(caller, &shop.id).await {
                return kept;
            }
        }
    };
    let kept = tokio::time::timeout(std::time::Duration::from_secs(10), kept).await;
    assert_eq!(kept.unwrap().content.review_status, ReviewStatus::Proposed);
}

#[tokio::test]
async fn a_retailer_that_is_deleted_behind_a_save_that_died_is_there_when_its_artist_comes_back() {
    let world = World::new().await;
    let system = &Caller::System;
    for (number, is_taken_up_before) in [(1, true), (2, false)] {
        let creator = Creator::new(&world, number).await;
        let catalogue = &world.domain.catalogue;
        let caller = &creator.caller;
        let input = ProductInput {
            offers: vec![offer("https://shop.example/a", "1")],
            ..published_product("A pen")
        };
        let mute = world.over_search(Arc::new(LostSearch));
        let saved = mute
            .catalogue
            .products
            .create(caller, &creator.artist.id, &input)
            .await
            .unwrap();
        let shop = &saved.content.offers[0].retailer_id;
        let deleted = catalogue.retailers.delete(caller, shop, Revision(1));
        deleted.await.unwrap();
        let artist = &creator.artist.id;
        let deleted = catalogue.artists.delete(caller, artist, Revision(1));
        deleted.await.unwrap();
        if is_taken_up_before {
            world.clock.advance(Duration::seconds(6));
            take_up(catalogue).await;
            catalogue.retailers.get(system, shop).await.unwrap();
        }
        catalogue.artists.restore(caller, artist).await.unwrap();
        catalogue.retailers.get(caller, shop).await.unwrap();
    }
}

#[tokio::test]
async fn a_retailer_that_is_used_since_it_was_looked_for_is_there_again() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let caller = &creator.caller;
    let retailers = &world.domain.catalogue.retailers;
    let shop = at("shop.example");
    let shop = retailers
        .propose(caller, &creator.artist.id, &shop)
        .await
        .unwrap();
    let input = ProductInput {
        offers: vec![offer("https://shop.example/a", "1")],
        ..published_product("A pen")
    };
    // It is looked for three times; nothing is found, and then a product is saved as a whole.
    let search = Arc::new(Overtaken {
        inner: world.search.clone(),
        left: AtomicUsize::new(3),
        overtaken: Notify::new(),
        go_on: Notify::new(),
    });
    let slow = world.over_search(search.clone()).catalogue;
    let (deleted, ()) = tokio::join!(
        slow.retailers.delete(caller, &shop.id, Revision(1)),
        async {
            search.overtaken.notified().await;
            creator.product(&world, &input).await;
            search.go_on.notify_one();
        },
    );
    assert!(
        matches!(deleted, Err(CatalogueError::InUse(1))),
        "{deleted:?}"
    );
    retailers.get(caller, &shop.id).await.unwrap();
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

/// A search index of which an answer is old when it comes.
#[derive(Debug)]
struct Overtaken {
    inner: Arc<dyn Search>,
    /// So many answers come until one is overtaken, that one included.
    left: AtomicUsize,
    overtaken: Notify,
    go_on: Notify,
}

#[async_trait]
impl Search for Overtaken {
    async fn put(&self, entries: Vec<Entry>) -> Result<(), StoreError> {
        self.inner.put(entries).await
    }

    async fn search(&self, query: &Query) -> Result<Found, StoreError> {
        let found = self.inner.search(query).await;
        if self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.overtaken.notify_one();
            self.go_on.notified().await;
        }
        found
    }

    async fn locations(&self, query: &Query) -> Result<Vec<Location>, StoreError> {
        self.inner.locations(query).await
    }

    async fn version(&self) -> Result<IndexVersion, StoreError> {
        self.inner.version().await
    }

    async fn rebuild(&self) -> Result<Box<dyn Rebuild>, StoreError> {
        self.inner.rebuild().await
    }

    async fn is_built(&self) -> Result<bool, StoreError> {
        self.inner.is_built().await
    }
}
