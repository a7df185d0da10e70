//! Claims about quotas.

use std::sync::Arc;

use domain::{
    Caller, DomainSettings, LimitsMode,
    catalogue::{CatalogueError, Quota, Quotas},
    documents::{Collection, Consistency, FieldQuery, Revision},
};
use futures::future::join_all;
use time::Duration;
use types::{
    FullQuota, QuotaHolder, QuotaResource,
    catalogue::{ProductInput, RetailerInput, ReviewStatus, VideoInput},
};

use super::{
    creator::{Creator, offer, published_artist, published_product, published_video, somebody},
    retailers::at,
};
use crate::{
    faults::GoesAway,
    support::{World, settings},
};

/// A world in which an account may have 12 of everything, and an artist 8.
async fn small_world() -> World {
    let quota = |count| Quota {
        videos: count,
        products: count,
        proposals: count,
        bytes: 1 << 20,
    };
    world_with(Quotas {
        artists: 12,
        account: quota(12),
        artist: quota(8),
    })
    .await
}

async fn world_with(quotas: Quotas) -> World {
    World::with(DomainSettings {
        limits: LimitsMode::Off,
        quotas,
        ..settings()
    })
    .await
}

fn product(number: usize) -> ProductInput {
    published_product(&format!("Product {number}"))
}

fn video(number: usize) -> VideoInput {
    published_video(&format!("Video {number}"))
}

fn shop(number: usize) -> RetailerInput {
    at(&format!("shop-{number}.example"))
}

/// Number of creations; all others were rejected because a quota is used up.
fn created<T: std::fmt::Debug>(answers: Vec<Result<T, CatalogueError>>) -> usize {
    let mut created = 0;
    for answer in answers {
        match answer {
            Ok(_) => created += 1,
            Err(CatalogueError::Full(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    created
}

#[tokio::test]
async fn artists_created_at_once_fill_an_account_and_no_more() {
    let world = small_world().await;
    let caller = somebody(&world, 1).await;
    let artists = &world.domain.catalogue.artists;
    let create = async |number: usize| {
        let input = published_artist(&format!("Artist {number}"));
        artists.create(&caller, None, &input).await
    };
    for number in 0..7 {
        create(number).await.unwrap();
    }
    let answers = join_all((7..31).map(create)).await;
    assert_eq!(created(answers), 5);
    assert_eq!(artists.all(&caller).await.unwrap().len(), 12);
    let answers = join_all((31..40).map(create)).await;
    assert_eq!(created(answers), 0);
}

#[tokio::test]
async fn proposals_made_at_once_fill_an_artist_and_no_more() {
    let world = small_world().await;
    let creator = Creator::new(&world, 1).await;
    let retailers = &world.domain.catalogue.retailers;
    let inputs: Vec<_> = (0..30).map(shop).collect();
    let propose = |input| retailers.create(&creator.caller, Some(&creator.artist.id), input);
    for input in &inputs[..3] {
        propose(input).await.unwrap();
    }
    let answers = join_all(inputs[3..].iter().map(propose)).await;
    assert_eq!(created(answers), 5);
    let waiting = retailers.all(&creator.caller).await.unwrap();
    assert_eq!(waiting.len(), 8);
    // A retailer that is created for an offer is a proposal too.
    let input = ProductInput {
        offers: vec![offer("https://one-more.example/pen", "1")],
        ..product(1)
    };
    let products = &world.domain.catalogue.products;
    let refused = products.create(&creator.caller, Some(&creator.artist.id), &input);
    let refused = refused.await;
    assert!(
        matches!(refused, Err(CatalogueError::Full(_))),
        "{refused:?}"
    );
    // A proposal that was decided no longer counts.
    let (id, from) = (&waiting[0].id, Revision(waiting[0].revision));
    let judged = retailers.set_review_status(&Caller::System, id, from, ReviewStatus::Blocked);
    judged.await.unwrap();
    let inputs: Vec<_> = (40..45).map(shop).collect();
    let answers = join_all(inputs.iter().map(propose)).await;
    assert_eq!(created(answers), 1);
}

#[tokio::test]
async fn two_processes_fill_an_artist_and_no_more() {
    let world = small_world().await;
    let creator = Creator::new(&world, 1).await;
    let other = world.over(world.documents.clone());
    let domains = [&world.domain, &other];
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    let products: Vec<_> = (0..24).map(product).collect();
    let created_products = products.iter().enumerate().map(|(number, input)| {
        let products = &domains[number % 2].catalogue.products;
        products.create(caller, Some(artist), input)
    });
    assert_eq!(created(join_all(created_products).await), 8);
    let videos: Vec<_> = (0..24).map(video).collect();
    let created_videos = videos.iter().enumerate().map(|(number, input)| {
        let videos = &domains[number % 2].catalogue.videos;
        videos.create(caller, Some(artist), input)
    });
    assert_eq!(created(join_all(created_videos).await), 8);
}

#[tokio::test]
async fn the_artists_of_an_account_share_its_quota() {
    let world = small_world().await;
    let creator = Creator::new(&world, 1).await;
    let catalogue = &world.domain.catalogue;
    let second = published_artist("The second");
    let second = catalogue
        .artists
        .create(&creator.caller, None, &second)
        .await;
    let artists = [&creator.artist.id, &second.unwrap().id];
    let mut last = None;
    for number in 0..24 {
        let input = product(number);
        let artist = artists[number % 2];
        let answer = catalogue
            .products
            .create(&creator.caller, Some(artist), &input);
        match answer.await {
            Ok(_) => assert!(number < 12),
            Err(error) => last = Some(error),
        }
    }
    let full = FullQuota {
        of: QuotaResource::Products,
        holder: QuotaHolder::Account,
        most: 12,
    };
    assert!(
        matches!(last, Some(CatalogueError::Full(one)) if one == full),
        "{last:?}"
    );
    // Another account has its own quota.
    Creator::new(&world, 2)
        .await
        .product(&world, &product(1))
        .await;
}

#[tokio::test]
async fn a_refused_creation_leaves_its_room() {
    let world = small_world().await;
    let creator = Creator::new(&world, 1).await;
    let products = &world.domain.catalogue.products;
    let taken = ProductInput {
        slug: "pen".to_owned(),
        ..product(0)
    };
    creator.product(&world, &taken).await;
    for _ in 0..20 {
        let refused = products.create(&creator.caller, Some(&creator.artist.id), &taken);
        let refused = refused.await;
        assert!(
            matches!(refused, Err(CatalogueError::Invalid(_))),
            "{refused:?}"
        );
    }
    for number in 1..8 {
        creator.product(&world, &product(number)).await;
    }
}

#[tokio::test]
async fn what_is_deleted_counts_until_it_cannot_be_restored() {
    let world = small_world().await;
    let creator = Creator::new(&world, 1).await;
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    let products = &world.domain.catalogue.products;
    let mut first = None;
    for number in 0..8 {
        first.get_or_insert(creator.product(&world, &product(number)).await);
    }
    let first = first.unwrap();
    products
        .delete(caller, &first.id, Revision(1))
        .await
        .unwrap();
    let full = products.create(caller, Some(artist), &product(8)).await;
    assert!(matches!(full, Err(CatalogueError::Full(_))), "{full:?}");
    products.restore(caller, &first.id).await.unwrap();
    products
        .delete(caller, &first.id, Revision(3))
        .await
        .unwrap();
    world.clock.advance(Duration::days(31));
    products
        .create(caller, Some(artist), &product(8))
        .await
        .unwrap();
    let full = products.create(caller, Some(artist), &product(9)).await;
    assert!(matches!(full, Err(CatalogueError::Full(_))), "{full:?}");
}

#[tokio::test]
async fn the_operator_is_exempt() {
    let world = small_world().await;
    let creator = Creator::new(&world, 1).await;
    let catalogue = &world.domain.catalogue;
    for number in 0..20 {
        let (artist, system) = (&creator.artist.id, &Caller::System);
        let input = product(number);
        catalogue
            .products
            .create(system, Some(artist), &input)
            .await
            .unwrap();
        let input = shop(number);
        catalogue
            .retailers
            .create(system, Some(artist), &input)
            .await
            .unwrap();
    }
    for number in 20..28 {
        creator.product(&world, &product(number)).await;
    }
}

#[tokio::test]
async fn things_from_before_there_were_quotas_are_counted() {
    let world = small_world().await;
    let creator = Creator::new(&world, 1).await;
    for number in 0..6 {
        creator.product(&world, &product(number)).await;
    }
    forget_counts(&world, &creator.caller).await;
    let inputs: Vec<_> = (6..16).map(product).collect();
    let products = &world.domain.catalogue.products;
    let create = |input| products.create(&creator.caller, Some(&creator.artist.id), input);
    assert_eq!(created(join_all(inputs.iter().map(create)).await), 2);
}

/// Number of products of an artist in the store.
async fn products_of(world: &World, artist: &str) -> usize {
    let listing = FieldQuery {
        field: "parent",
        value: artist,
        after: None,
        limit: 500,
        consistency: Consistency::Current,
    };
    let stored = world.documents.list(collection("products"), listing).await;
    let stored = stored.unwrap();
    stored
        .iter()
        .filter(|one| one.body["state"] == "live")
        .count()
}

fn collection(name: &str) -> &'static Collection {
    let collections = domain::collections();
    let found = collections.into_iter().find(|one| one.name == name);
    found.unwrap()
}

/// Rewrites the `OwnedArtists` of an account in the shape from before quotas.
async fn forget_counts(world: &World, caller: &Caller) {
    let Caller::SignedIn { account, .. } = caller else {
        panic!("{caller:?}");
    };
    let holdings = collection("holdings");
    let id = account.as_str();
    let stored = world.documents.get(holdings, id).await.unwrap().unwrap();
    let old = serde_json::json!({ "artists": stored.body["artists"], "is_closed": false });
    let replaced = world.documents.replace(holdings, id, stored.revision, old);
    replaced.await.unwrap();
}

#[tokio::test]
async fn a_process_that_dies_leaves_no_count_and_exceeds_no_quota() {
    let world = small_world().await;
    let creator = Creator::new(&world, 1).await;
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    let mut number = 0;
    for writes in 1..12 {
        for applies_the_last in [false, true] {
            number += 1;
            let dying = GoesAway::after(world.documents.clone(), writes, applies_the_last);
            let dying = world.over(dying);
            let input = product(number);
            let created = dying
                .catalogue
                .products
                .create(caller, Some(artist), &input);
            // The store decides whether the entity exists.
            drop(created.await);
        }
    }
    world.clock.advance(Duration::minutes(1));
    let products = &world.domain.catalogue.products;
    let inputs: Vec<_> = (100..120).map(product).collect();
    let create = |input| products.create(caller, Some(artist), input);
    created(join_all(inputs.iter().map(create)).await);
    assert_eq!(products_of(&world, artist).await, 8, "no more and no fewer");
}

#[tokio::test]
async fn texts_are_counted_when_they_are_created_and_when_they_grow() {
    let quotas = Quotas {
        artist: Quota {
            bytes: 20_000,
            ..Quotas::default().artist
        },
        ..Quotas::default()
    };
    let world = world_with(quotas).await;
    let creator = Creator::new(&world, 1).await;
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    let long = |number, length| ProductInput {
        description: "a".repeat(length),
        ..product(number)
    };
    let first = creator.product(&world, &long(1, 9_000)).await;
    creator.product(&world, &long(2, 7_000)).await;
    let products = &world.domain.catalogue.products;
    let full = products.create(caller, Some(artist), &long(3, 7_000)).await;
    let is_full = |error: &CatalogueError| {
        matches!(
            error,
            CatalogueError::Full(FullQuota {
                of: QuotaResource::Bytes,
                most: 20_000,
                ..
            })
        )
    };
    assert!(is_full(&full.unwrap_err()));
    let (longer, shorter) = (long(1, 10_000), long(1, 100));
    let grown = products.update(caller, &first.id, Revision(1), &longer);
    grown.await.unwrap();
    let full = products.create(caller, Some(artist), &long(3, 3_000)).await;
    assert!(is_full(&full.unwrap_err()));
    // A shortened text makes room with the next recount.
    let shortened = products.update(caller, &first.id, Revision(2), &shorter);
    shortened.await.unwrap();
    world.clock.advance(Duration::minutes(11));
    products
        .create(caller, Some(artist), &long(3, 9_000))
        .await
        .unwrap();
}

#[tokio::test]
async fn creations_that_nobody_waits_for_are_counted_right() {
    let world = Arc::new(small_world().await);
    let creator = Creator::new(&world, 1).await;
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    let products = &world.domain.catalogue.products;
    for number in 0..20 {
        let input = product(number);
        let created = products.create(caller, Some(artist), &input);
        tokio::select! {
            biased;
            _ = created => {}
            () = yields(number) => {}
        }
    }
    world.clock.advance(Duration::minutes(1));
    let inputs: Vec<_> = (100..120).map(product).collect();
    let create = |input| products.create(caller, Some(artist), input);
    created(join_all(inputs.iter().map(create)).await);
    assert_eq!(products_of(&world, artist).await, 8);
}

/// Yields `turns` times before it is ready.
async fn yields(turns: usize) {
    for _ in 0..turns {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_refused_change_leaves_its_room() {
    let quotas = Quotas {
        artist: Quota {
            bytes: 20_000,
            ..Quotas::default().artist
        },
        ..Quotas::default()
    };
    let world = world_with(quotas).await;
    let creator = Creator::new(&world, 1).await;
    let long = |number, length| ProductInput {
        description: "a".repeat(length),
        ..product(number)
    };
    let first = creator.product(&world, &long(1, 1_000)).await;
    let second = creator.product(&world, &long(2, 1_000)).await;
    let products = &world.domain.catalogue.products;
    let longer = ProductInput {
        slug: second.slug.clone(),
        ..long(1, 9_000)
    };
    for _ in 0..3 {
        let refused = products.update(&creator.caller, &first.id, Revision(1), &longer);
        let refused = refused.await;
        assert!(
            matches!(refused, Err(CatalogueError::Invalid(_))),
            "{refused:?}"
        );
    }
    creator.product(&world, &long(3, 9_000)).await;
}
