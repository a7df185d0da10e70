//! Claims about the bytes of an update whose process has died.

use std::sync::Arc;

use domain::{
    Caller,
    catalogue::ProductView,
    documents::{Document, Revision},
};
use time::Duration;

use super::{
    creator::Creator,
    observed::Observed,
    pending_changes::{bytes_of, collection, long, require_full, small_world, stored},
};
use crate::{faults::GoesAway, support::World};

/// Begins to lengthen a product in a process that dies after entering the update, and advances the
/// clock beyond the time that a save may take.
async fn abandon_a_change(world: &World, creator: &Creator, product: &ProductView) {
    let dying = world.over(GoesAway::after(world.documents.clone(), 1, true));
    let (products, longer) = (&dying.catalogue.products, long(1, 9_000));
    let changed = products.update(&creator.caller, &product.id, Revision(1), &longer);
    assert!(changed.await.is_err());
    world.clock.advance(Duration::seconds(11));
}

/// A process that settles an abandoned update bumps the product's revision and dies before it
/// updates the account's `OwnedArtists`.
#[tokio::test]
async fn a_change_that_was_passed_and_not_entered_takes_no_room() {
    let world = small_world().await;
    let creator = Creator::new(&world, 1).await;
    let first = creator.product(&world, &long(1, 1_000)).await;
    abandon_a_change(&world, &creator, &first).await;
    // It first writes a tombstone for an abandoned creation, which is pending too.
    let dying = world.over(GoesAway::after(world.documents.clone(), 2, true));
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    let products = &dying.catalogue.products;
    let second = products.create(caller, Some(artist), &long(2, 5_000)).await;
    assert!(second.is_err());
    assert_eq!(stored(&world, &first).await.revision, Revision(2));
    creator.product(&world, &long(2, 5_000)).await;
    assert_eq!(stored(&world, &first).await.revision, Revision(2));
}

/// A process has bumped a product's revision to settle an abandoned update. Before it updates the
/// account's `OwnedArtists`, the product is changed and another process writes them, so that the
/// first one starts again.
#[tokio::test]
async fn a_change_that_was_passed_takes_no_room_when_the_entry_begins_again() {
    let world = Arc::new(small_world().await);
    let creator = Creator::new(&world, 1).await;
    let first = creator.product(&world, &long(1, 1_000)).await;
    abandon_a_change(&world, &creator, &first).await;
    let others = {
        let (world, caller, id) = (world.clone(), creator.caller.clone(), first.id.clone());
        async move {
            let (products, shorter) = (&world.domain.catalogue.products, long(1, 500));
            let changed = products.update(&caller, &id, Revision(2), &shorter);
            assert_eq!(changed.await.unwrap().revision, 3);
            write_holdings(&world, &caller).await;
        }
    };
    let observed = Observed::interrupted(world.documents.clone(), "holdings", others);
    let process = world.over(observed);
    let products = &process.catalogue.products;
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    let second = products.create(caller, Some(artist), &long(2, 5_000)).await;
    second.unwrap();
    assert_eq!(stored(&world, &first).await.revision, Revision(3));
}

/// The save of an abandoned update succeeds just before another process would bump the revision.
#[tokio::test]
async fn a_change_that_is_saved_just_before_its_product_is_passed_counts() {
    let world = Arc::new(small_world().await);
    let creator = Creator::new(&world, 1).await;
    let first = creator.product(&world, &long(1, 1_000)).await;
    abandon_a_change(&world, &creator, &first).await;
    let late_save = {
        let world = world.clone();
        async move {
            let Document {
                id, revision, body, ..
            } = stored(&world, &first).await;
            let mut longer = body;
            longer["content"]["description"] = "a".repeat(9_000).into();
            longer["updated_at"] = (longer["updated_at"].as_i64().unwrap() + 1).into();
            let products = collection("products");
            let saved = world.documents.replace(products, &id, revision, longer);
            saved.await.unwrap();
        }
    };
    let observed = Observed::interrupted(world.documents.clone(), "products", late_save);
    let process = world.over(observed);
    let products = &process.catalogue.products;
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    require_full(products.create(caller, Some(artist), &long(2, 5_000)).await);
    assert!(bytes_of(&world, artist).await > 9_000);
}

/// Writes the `OwnedArtists` of an account unchanged.
async fn write_holdings(world: &World, caller: &Caller) {
    let Caller::SignedIn { account, .. } = caller else {
        panic!("{caller:?}");
    };
    let (holdings, id) = (collection("holdings"), account.as_str());
    let stored = world.documents.get(holdings, id).await.unwrap().unwrap();
    let (from, body) = (stored.revision, stored.body);
    let replaced = world.documents.replace(holdings, id, from, body);
    replaced.await.unwrap();
}
