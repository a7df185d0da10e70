//! Claims about reading the trash: a page at a time, and one entity by its id.

use domain::{
    Caller,
    catalogue::{CatalogueError, ListQuery},
    documents::Revision,
    search::{PageStart, QueryWords, Sort},
};
use time::Duration;
use types::catalogue::ReviewStatus;

use super::{
    creator::{Creator, published_product, published_video},
    observed::Observed,
    retailers::at,
};
use crate::support::World;

/// The first page of deleted entities, the last deleted first.
pub(super) fn in_trash(words: &str, limit: usize) -> ListQuery {
    ListQuery {
        artist: None,
        words: QueryWords::parse(words),
        sort: Sort::Updated,
        page: PageStart::Offset(0),
        limit,
    }
}

/// Creates and deletes `count` entities of each kind, one per second; returns their names in the
/// order of their deletion.
async fn fill_trash(world: &World, creator: &Creator, count: usize) -> Vec<String> {
    let catalogue = &world.domain.catalogue;
    let (caller, from) = (&creator.caller, Revision(1));
    let mut names = Vec::new();
    for number in 0..count {
        world.clock.advance(Duration::seconds(1));
        let name = format!("Take {number}");
        let video = creator.video(world, &published_video(&name)).await;
        let product = creator.product(world, &published_product(&name)).await;
        let mut shop = at(&format!("shop-{number}.example"));
        shop.name.clone_from(&name);
        let shop = catalogue
            .retailers
            .create(caller, Some(&creator.artist.id), &shop);
        let shop = shop.await.unwrap();
        catalogue
            .videos
            .delete(caller, &video.id, from)
            .await
            .unwrap();
        let product = catalogue.products.delete(caller, &product.id, from).await;
        product.unwrap();
        let shop = catalogue.retailers.delete(caller, &shop.id, from).await;
        shop.unwrap();
        names.push(name);
    }
    names
}

/// Reads all pages of deleted entities of a kind, and checks each.
macro_rules! check_pages {
    ($service:expr, $observed:expr, $collection:literal, $caller:expr, $name:expr, $names:expr) => {
        let mut page = PageStart::Offset(0);
        let mut names = Vec::new();
        loop {
            let asked = ListQuery {
                page,
                ..in_trash("", 3)
            };
            let found = $service.trash($caller, &asked).await.unwrap();
            assert_eq!(found.total, 7, $collection);
            assert_eq!($observed.take_reads($collection), found.entities.len());
            names.extend(found.entities.iter().map($name));
            let Some(next) = found.next else { break };
            page = PageStart::After(next);
        }
        names.reverse();
        assert_eq!(names, $names, $collection);
    };
}

#[tokio::test]
async fn a_page_reads_the_documents_that_it_shows_and_no_others() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let names = fill_trash(&world, &creator, 7).await;
    let observed = Observed::new(world.documents.clone());
    let process = world.over(observed.clone());
    let (catalogue, caller) = (&process.catalogue, &creator.caller);
    let title = |one: &domain::catalogue::VideoView| one.content.title.clone();
    check_pages!(catalogue.videos, observed, "videos", caller, title, names);
    let name = |one: &domain::catalogue::ProductView| one.content.name.clone();
    check_pages!(
        catalogue.products,
        observed,
        "products",
        caller,
        name,
        names
    );
    let name = |one: &domain::catalogue::RetailerView| one.content.retailer.name.clone();
    check_pages!(
        catalogue.retailers,
        observed,
        "retailers",
        caller,
        name,
        names
    );
    let (system, retailers) = (&Caller::System, &catalogue.retailers);
    check_pages!(retailers, observed, "retailers", system, name, names);
}

#[tokio::test]
async fn what_is_deleted_is_found_by_words_and_by_artist() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let stranger = Creator::new(&world, 2).await;
    fill_trash(&world, &creator, 3).await;
    let videos = &world.domain.catalogue.videos;
    let total = async |caller: &Caller, artist: Option<&str>, words: &str| {
        let asked = ListQuery {
            artist: artist.map(str::to_owned),
            ..in_trash(words, 10)
        };
        videos.trash(caller, &asked).await.unwrap().total
    };
    let artist = Some(creator.artist.id.as_str());
    assert_eq!(total(&creator.caller, None, "take 2").await, 1);
    assert_eq!(total(&creator.caller, artist, "take").await, 3);
    assert_eq!(total(&stranger.caller, artist, "").await, 0);
    assert_eq!(total(&stranger.caller, None, "").await, 0);
}

/// A deleted entity can be read by its owner while it can be restored, and by no other account.
macro_rules! check_one {
    ($world:expr, $service:ident, $creator:expr, $stranger:expr, $id:expr) => {
        let observed = Observed::new($world.documents.clone());
        let process = $world.over(observed.clone());
        let service = &process.catalogue.$service;
        let (own, strange) = (&$creator.caller, &$stranger.caller);
        let collection = stringify!($service);
        let is_unknown = |read: Result<_, CatalogueError>| {
            let is_unknown = matches!(read, Err(CatalogueError::Unknown));
            assert!(is_unknown, "{collection}: {read:?}");
        };
        is_unknown(service.get_trashed(own, $id).await);
        service.delete(own, $id, Revision(1)).await.unwrap();
        observed.take_reads(collection);
        let found = service.get_trashed(own, $id).await.unwrap();
        assert_eq!(observed.take_reads(collection), 1, "{collection}");
        assert!(found.id == *$id && found.deleted_at.is_some());
        is_unknown(service.get_trashed(strange, $id).await);
        let restored = service.restore(own, $id).await.unwrap();
        is_unknown(service.get_trashed(own, $id).await);
        let from = Revision(restored.revision);
        service.delete(own, $id, from).await.unwrap();
    };
}

#[tokio::test]
async fn one_is_read_by_its_id_by_those_who_can_restore_it() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let stranger = Creator::new(&world, 2).await;
    fill_trash(&world, &creator, 3).await;
    let video = creator.video(&world, &published_video("One")).await.id;
    let product = creator.product(&world, &published_product("One")).await.id;
    let artist = &creator.artist.id;
    let retailers = &world.domain.catalogue.retailers;
    let shop = at("one.example");
    let shop = retailers.create(&creator.caller, Some(artist), &shop);
    let shop = shop.await.unwrap().id;
    check_one!(world, videos, creator, stranger, &video);
    check_one!(world, products, creator, stranger, &product);
    check_one!(world, retailers, creator, stranger, &shop);
    check_one!(world, artists, creator, stranger, artist);
    let catalogue = &world.domain.catalogue;
    world.clock.advance(Duration::days(31));
    let read = catalogue.artists.get_trashed(&creator.caller, artist).await;
    assert!(matches!(read, Err(CatalogueError::Unknown)), "{read:?}");
    let read = retailers.get_trashed(&Caller::System, &shop).await;
    assert!(matches!(read, Err(CatalogueError::Unknown)), "{read:?}");
}

#[tokio::test]
async fn one_that_a_moderator_has_decided_about_is_read_by_moderators() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let retailers = &world.domain.catalogue.retailers;
    let shop = creator.shop(&world, "shop.example").await;
    assert_eq!(shop.content.review_status, ReviewStatus::Approved);
    let (system, from) = (&Caller::System, Revision(shop.revision));
    retailers.delete(system, &shop.id, from).await.unwrap();
    let read = retailers.get_trashed(&creator.caller, &shop.id).await;
    assert!(matches!(read, Err(CatalogueError::Forbidden)), "{read:?}");
    assert!(retailers.get_trashed(system, &shop.id).await.is_ok());
}
