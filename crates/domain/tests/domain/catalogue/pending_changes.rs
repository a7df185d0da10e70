//! Claims about the bytes of an update while it is being saved.

use std::sync::{Arc, Mutex};

use domain::{
    DomainSettings, LimitsMode,
    catalogue::{CatalogueError, ProductView, Quota, Quotas},
    documents::{Collection, Document, Revision},
};
use time::Duration;
use types::{FullQuota, QuotaResource, catalogue::ProductInput};

use super::{
    creator::{Creator, published_product},
    observed::Observed,
};
use crate::{
    faults::GoesAway,
    support::{World, settings},
};

/// Maximum number of bytes of an artist.
pub(super) const MOST: usize = 12_000;

/// A world in which an artist has a quota of [`MOST`] bytes.
pub(super) async fn small_world() -> World {
    let quotas = Quotas {
        artist: Quota {
            bytes: MOST as u64,
            ..Quotas::default().artist
        },
        ..Quotas::default()
    };
    World::with(DomainSettings {
        limits: LimitsMode::Off,
        quotas,
        ..settings()
    })
    .await
}

/// A product with this number whose description has `bytes` bytes.
pub(super) fn long(number: usize, bytes: usize) -> ProductInput {
    ProductInput {
        description: "a".repeat(bytes),
        ..published_product(&format!("Product {number}"))
    }
}

pub(super) fn collection(name: &str) -> &'static Collection {
    let mut collections = domain::collections().into_iter();
    collections.find(|one| one.name == name).unwrap()
}

pub(super) async fn stored(world: &World, product: &ProductView) -> Document {
    let stored = world.documents.get(collection("products"), &product.id);
    stored.await.unwrap().unwrap()
}

#[track_caller]
pub(super) fn require_full<T: std::fmt::Debug>(answer: Result<T, CatalogueError>) {
    let is_full = matches!(
        answer,
        Err(CatalogueError::Full(FullQuota {
            of: QuotaResource::Bytes,
            ..
        }))
    );
    assert!(is_full, "{answer:?}");
}

/// Another process recounts just before an update is saved for which quota was reserved.
#[tokio::test]
async fn a_count_does_not_miss_a_change_that_is_being_saved() {
    let world = Arc::new(small_world().await);
    let creator = Creator::new(&world, 1).await;
    let first = creator.product(&world, &long(1, 1_000)).await;
    creator.product(&world, &long(2, 3_000)).await;
    world.clock.advance(Duration::minutes(11));
    let answer = Arc::<Mutex<Option<Result<ProductView, CatalogueError>>>>::default();
    let other_process = {
        let (world, answer) = (world.clone(), answer.clone());
        let (caller, artist) = (creator.caller.clone(), creator.artist.id.clone());
        async move {
            let products = &world.domain.catalogue.products;
            let created = products
                .create(&caller, Some(&artist), &long(3, 5_000))
                .await;
            *answer.lock().unwrap() = Some(created);
        }
    };
    let observed = Observed::interrupted(world.documents.clone(), "products", other_process);
    let process = world.over(observed.clone());
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    let longer = long(1, 7_000);
    let changed = process
        .catalogue
        .products
        .update(caller, &first.id, Revision(1), &longer);
    assert_eq!(changed.await.unwrap().revision, 2);
    require_full(answer.lock().unwrap().take().expect("nothing came between"));
    // The recount included the pending update, which is entered once.
    let products = &world.domain.catalogue.products;
    require_full(products.create(caller, Some(artist), &long(4, 2_000)).await);
    world.clock.advance(Duration::minutes(11));
    let room = MOST - bytes_of(&world, creator.artist.id.as_str()).await;
    require_full(products.create(caller, Some(artist), &long(5, room)).await);
    let fits = products
        .create(caller, Some(artist), &long(6, room - 600))
        .await;
    fits.unwrap();
    assert!(bytes_of(&world, artist).await <= MOST);
}

/// The stored bytes of the texts of an artist's products.
pub(super) async fn bytes_of(world: &World, artist: &str) -> usize {
    let all = world
        .documents
        .scan(collection("products"), None, 100)
        .await;
    let all = all.unwrap().into_iter();
    let own = all.filter(|one| one.body["parent"] == artist);
    own.map(|one| serde_json::to_vec(&one.body["content"]).unwrap().len())
        .sum()
}

/// Whatever a process that dies during an update has written, its bytes count if the update was
/// saved, and the quota is not exceeded.
#[tokio::test]
async fn a_change_of_a_process_that_dies_exceeds_no_quota_and_takes_no_room_for_long() {
    for writes in 1..8 {
        for applies_the_last in [false, true] {
            let world = small_world().await;
            let creator = Creator::new(&world, 1).await;
            let (caller, artist) = (&creator.caller, &creator.artist.id);
            let first = creator.product(&world, &long(1, 1_000)).await;
            let dying = GoesAway::after(world.documents.clone(), writes, applies_the_last);
            let dying = world.over(dying);
            let longer = long(1, 9_000);
            let products = &dying.catalogue.products;
            // The store decides whether the update exists.
            drop(
                products
                    .update(caller, &first.id, Revision(1), &longer)
                    .await,
            );
            let products = &world.domain.catalogue.products;
            let second = products.create(caller, Some(artist), &long(2, 5_000)).await;
            assert!(bytes_of(&world, artist).await <= MOST, "{writes} writes");
            // Too early for a recount, which would hide a wrong entry.
            world.clock.advance(Duration::seconds(11));
            if second.is_err() {
                let is_there = bytes_of(&world, artist).await > 9_000;
                let second = products.create(caller, Some(artist), &long(2, 5_000)).await;
                match is_there {
                    true => require_full(second),
                    false => drop(second.unwrap()),
                }
            }
            assert!(bytes_of(&world, artist).await <= MOST, "{writes} writes");
        }
    }
}

/// A form that was rejected can be sent again from the same revision: its quota is refunded, and
/// no process bumps the revision to learn the outcome.
#[tokio::test]
async fn a_refused_change_is_not_passed_by_another_process() {
    let world = small_world().await;
    let creator = Creator::new(&world, 1).await;
    let first = creator.product(&world, &long(1, 1_000)).await;
    let second = creator.product(&world, &long(2, 1_000)).await;
    let taken = ProductInput {
        slug: second.slug.clone(),
        ..long(1, 9_000)
    };
    let process = world.over(world.documents.clone());
    let products = &process.catalogue.products;
    let refused = products.update(&creator.caller, &first.id, Revision(1), &taken);
    let refused = refused.await;
    assert!(
        matches!(refused, Err(CatalogueError::Invalid(_))),
        "{refused:?}"
    );
    world.clock.advance(Duration::minutes(1));
    creator.product(&world, &long(3, 9_000)).await;
    assert_eq!(stored(&world, &first).await.revision, Revision(1));
}

/// A product that one process has created is lengthened by another process, which then recounts:
/// the recount must use the document, not the bytes entered for its creation.
#[tokio::test]
async fn a_count_does_not_miss_a_change_of_what_another_process_has_created() {
    let world = small_world().await;
    let creator = Creator::new(&world, 1).await;
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    creator.product(&world, &long(1, 4_000)).await;
    world.clock.advance(Duration::minutes(11));
    let second = creator.product(&world, &long(2, 1_000)).await;
    let other = world.over(world.documents.clone());
    let products = &other.catalogue.products;
    let longer = long(2, 5_000);
    let changed = products.update(caller, &second.id, Revision(1), &longer);
    assert_eq!(changed.await.unwrap().revision, 2);
    // Too large, so a recount is triggered.
    require_full(products.create(caller, Some(artist), &long(3, 8_000)).await);
    require_full(products.create(caller, Some(artist), &long(4, 3_000)).await);
    // Nothing counts twice either.
    let room = MOST - bytes_of(&world, artist).await;
    let fits = products
        .create(caller, Some(artist), &long(5, room - 600))
        .await;
    fits.unwrap();
    assert!(bytes_of(&world, artist).await <= MOST);
}

/// A save that takes so long that another process frees its quota fails, and is repeated only if
/// there is still quota.
#[tokio::test]
async fn a_late_save_of_a_change_exceeds_no_quota() {
    for (other, is_room_left) in [(5_000, false), (1_000, true)] {
        let world = Arc::new(small_world().await);
        let creator = Creator::new(&world, 1).await;
        let first = creator.product(&world, &long(1, 1_000)).await;
        let other_process = {
            let world = world.clone();
            let (caller, artist) = (creator.caller.clone(), creator.artist.id.clone());
            async move {
                world.clock.advance(Duration::seconds(11));
                let products = &world.domain.catalogue.products;
                let created = products
                    .create(&caller, Some(&artist), &long(2, other))
                    .await;
                created.unwrap();
            }
        };
        let observed = Observed::interrupted(world.documents.clone(), "products", other_process);
        let process = world.over(observed);
        let (products, longer) = (&process.catalogue.products, long(1, 9_000));
        let changed = products.update(&creator.caller, &first.id, Revision(1), &longer);
        match (changed.await, is_room_left) {
            (changed, false) => require_full(changed),
            (changed, true) => assert_eq!(changed.unwrap().revision, 3),
        }
        assert!(bytes_of(&world, &creator.artist.id).await <= MOST);
    }
}
