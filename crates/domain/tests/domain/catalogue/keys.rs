//! Unique values when a save dies, and when saves race.

use domain::{catalogue::Resolved, documents::Revision};
use futures::future::join_all;
use time::Duration;
use types::{
    Field, Reason,
    catalogue::{ProductInput, VideoInput},
};

use super::creator::{
    Creator, published_artist, published_product, published_video, refused, somebody,
};
use crate::{
    faults::GoesAway,
    support::{World, visitor},
};

/// Maximum number of writes of a save.
const WRITES: usize = 8;

/// Every write after which a save can die, with the last write applied or not.
fn steps() -> impl Iterator<Item = (usize, bool)> {
    (1..=WRITES).flat_map(|writes| [(writes, false), (writes, true)])
}

#[tokio::test]
async fn a_creation_that_dies_after_any_step_keeps_no_key_for_longer_than_a_save_takes() {
    let world = World::new().await;
    for (number, (writes, applies_the_last)) in (1..).zip(steps()) {
        let caller = somebody(&world, number).await;
        let store = GoesAway::after(world.documents.clone(), writes, applies_the_last);
        let dying = world.over(store);
        let input = published_artist(&format!("Phoenix {number}"));
        let died = dying.catalogue.artists.create(&caller, None, &input).await;
        world.clock.advance(Duration::seconds(11));
        let artists = &world.domain.catalogue.artists;
        let again = artists.create(&caller, None, &input).await;
        let listed = artists.all(&caller).await.unwrap();
        assert_eq!(
            listed.len(),
            1,
            "after {writes} writes: {died:?}, {again:?}"
        );
        assert_eq!(listed[0].slug, format!("phoenix-{number}"));
    }
}

#[tokio::test]
async fn a_change_that_dies_after_any_step_is_made_or_not_and_others_get_what_it_left() {
    let world = World::new().await;
    for (number, (writes, applies_the_last)) in (1..).zip(steps()) {
        let creator = Creator::new(&world, number).await;
        let pen = |gtin: &str| ProductInput {
            gtin: gtin.to_owned(),
            ..published_product("A pen")
        };
        let product = creator.product(&world, &pen("4006381333931")).await;
        let store = GoesAway::after(world.documents.clone(), writes, applies_the_last);
        let dying = world.over(store);
        let changed = pen("40170725");
        let died = dying
            .catalogue
            .products
            .update(&creator.caller, &product.id, Revision(1), &changed)
            .await;
        world.clock.advance(Duration::seconds(11));
        let products = &world.domain.catalogue.products;
        let now = products.get(&creator.caller, &product.id).await.unwrap();
        let is_made = now.revision == 2;
        let gtin = now.content.gtin.as_ref().unwrap().as_str();
        assert_eq!(
            gtin == "40170725",
            is_made,
            "after {writes} writes: {died:?}"
        );
        let (taken, free) = match is_made {
            true => ("40170725", "4006381333931"),
            false => ("4006381333931", "40170725"),
        };
        let other = |gtin: &str| ProductInput {
            gtin: gtin.to_owned(),
            ..published_product("Another pen")
        };
        let artist = &creator.artist.id;
        let refusal = products
            .create(&creator.caller, Some(artist), &other(taken))
            .await;
        assert_eq!(refused(refusal, Field::Gtin), Some(Reason::Taken));
        products
            .create(&creator.caller, Some(artist), &other(free))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_save_that_is_passed_by_whoever_takes_its_key_fails_or_begins_anew() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let link = |title: &str| VideoInput {
        url: "https://youtu.be/dQw4w9WgXcQ".to_owned(),
        ..published_video(title)
    };
    let plain = creator.video(&world, &published_video("Slow")).await;
    // The first save reserves quota and the link, and then its process stops.
    let slow = world.over(GoesAway::after(world.documents.clone(), 2, true));
    let stood_still = slow
        .catalogue
        .videos
        .update(&creator.caller, &plain.id, Revision(1), &link("Slow"))
        .await;
    assert!(stood_still.is_err());
    let videos = &world.domain.catalogue.videos;
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    let waits = videos.create(caller, Some(artist), &link("Fast")).await;
    assert_eq!(
        refused(waits, Field::Url),
        Some(Reason::Taken),
        "somebody is saving it"
    );
    world.clock.advance(Duration::seconds(11));
    videos
        .create(caller, Some(artist), &link("Fast"))
        .await
        .unwrap();
    // The revision that the slow save started from has been bumped.
    let late = videos
        .update(caller, &plain.id, Revision(1), &link("Slow"))
        .await;
    assert!(late.is_err(), "{late:?}");
}

/// The same form sent twice: the late save must not release what the other one has reserved.
#[tokio::test]
async fn of_many_changes_to_the_same_name_one_is_made_and_has_the_name() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let caller = &creator.caller;
    let product = creator.product(&world, &published_product("A pen")).await;
    let products = &world.domain.catalogue.products;
    let renamed = ProductInput {
        slug: "renamed".to_owned(),
        gtin: "4006381333931".to_owned(),
        ..published_product("A pen")
    };
    let change = || products.update(caller, &product.id, Revision(1), &renamed);
    let changes = join_all((0..16).map(|_| change())).await;
    assert_eq!(changes.iter().filter(|change| change.is_ok()).count(), 1);
    let page = world
        .domain
        .catalogue
        .public
        .product(&visitor(), &creator.artist.slug, "renamed")
        .await;
    assert!(matches!(page, Ok(Resolved::Present(_))), "{page:?}");
    let same_slug = ProductInput {
        slug: "renamed".to_owned(),
        ..published_product("Another pen")
    };
    let same_gtin = ProductInput {
        gtin: "4006381333931".to_owned(),
        ..published_product("A third pen")
    };
    for (input, field) in [(same_slug, Field::Slug), (same_gtin, Field::Gtin)] {
        let refusal = products
            .create(caller, Some(&creator.artist.id), &input)
            .await;
        assert_eq!(refused(refusal, field), Some(Reason::Taken));
    }
}

/// A migration has assigned the key of a number to a product that no longer has the number.
#[tokio::test]
async fn a_product_takes_the_key_of_its_number_from_one_that_does_not_have_it() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let pen = |name: &str| ProductInput {
        gtin: "96385074".to_owned(),
        ..published_product(name)
    };
    let first = creator.product(&world, &pen("A pen")).await;
    let stale = creator
        .product(&world, &published_product("A stale pen"))
        .await;
    let id = format!("gtin/{}/00000096385074", creator.artist.id);
    let collections = domain::collections();
    let keys = *collections.iter().find(|one| one.name == "keys").unwrap();
    let stamp = world.documents.get(keys, &id).await.unwrap().unwrap();
    let of_stale = serde_json::json!({ "owner": stale.id, "stamped_at": 0 });
    let replaced = world.documents.replace(keys, &id, stamp.revision, of_stale);
    replaced.await.unwrap();
    world.clock.advance(Duration::minutes(1));
    let products = &world.domain.catalogue.products;
    let red = pen("A red pen");
    let renamed = products.update(&creator.caller, &first.id, Revision(1), &red);
    renamed.await.unwrap();
    let third = pen("A third pen");
    let third = products.create(&creator.caller, Some(&creator.artist.id), &third);
    assert_eq!(refused(third.await, Field::Gtin), Some(Reason::Taken));
    let stamp = world.documents.get(keys, &id).await.unwrap().unwrap();
    assert_eq!(stamp.body["owner"], first.id);
}

/// Before GTINs had one form, two products could have one number in two lengths, and migration 3
/// keeps both numbers.
#[tokio::test]
async fn a_product_that_shares_a_number_frees_only_what_is_its_own() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let pen = |name: &str, gtin: &str| ProductInput {
        gtin: gtin.to_owned(),
        ..published_product(name)
    };
    creator.product(&world, &pen("A pen", "036000291452")).await;
    let other = creator.product(&world, &pen("Another pen", "")).await;
    let mut all = domain::collections().into_iter();
    let products = all.find(|one| one.name == "products").unwrap();
    let stored = world.documents.get(products, &other.id).await.unwrap();
    let mut stored = stored.unwrap();
    stored.body["content"]["gtin"] = "0036000291452".into();
    let shared = &world.documents;
    let shared = shared.replace(products, &other.id, stored.revision, stored.body);
    let revision = shared.await.unwrap();
    let products = &world.domain.catalogue.products;
    let change = pen("Another pen", "96385074");
    let changed = products.update(&creator.caller, &other.id, revision, &change);
    changed.await.unwrap();
    for gtin in ["036000291452", "00036000291452", "96385074"] {
        let third = pen("A third pen", gtin);
        let refusal = products.create(&creator.caller, Some(&creator.artist.id), &third);
        assert_eq!(refused(refusal.await, Field::Gtin), Some(Reason::Taken));
    }
}
