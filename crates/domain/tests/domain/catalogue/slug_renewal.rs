//! Claims about slugs that a former rule has derived from a name.

use domain::{
    Caller,
    catalogue::{CatalogueError, ProductView, Resolved, VideoView},
    documents::Revision,
};
use types::catalogue::{ProductInput, VideoInput};

use super::creator::{Creator, published_artist, published_product, published_video};
use crate::support::{World, visitor};

/// A product whose slug was derived from `old`, as the former rule transliterated the signs of
/// `name`.
async fn product_of_before(creator: &Creator, world: &World, old: &str, name: &str) -> ProductView {
    let product = creator.product(world, &published_product(old)).await;
    let renamed = published_product(name);
    let from = Revision(product.revision);
    let products = &world.domain.catalogue.products;
    let changed = products.update(&creator.caller, &product.id, from, &renamed);
    changed.await.unwrap()
}

/// The current slug of the product at `slug`, after a redirect; `None` if there is none.
async fn leads_to(world: &World, slug: &str) -> Option<String> {
    let public = &world.domain.catalogue.public;
    match public.product(&visitor(), "artist-1", slug).await {
        Ok(Resolved::Present(_)) => Some(slug.to_owned()),
        Ok(Resolved::Redirect { slug, .. }) => Some(slug),
        Err(CatalogueError::Unknown) => None,
        Err(error) => panic!("{error}"),
    }
}

async fn rebuild(world: &World) {
    world
        .domain
        .catalogue
        .rebuild(&Caller::System)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_slug_with_the_letters_of_a_sign_gets_another_and_redirects() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let old = product_of_before(&creator, &world, "GoProTM Hero 12", "GoPro™ Hero 12").await;
    assert_eq!(old.slug, "goprotm-hero-12");
    let video = creator
        .video(&world, &published_video("Dial(R) tone"))
        .await;
    let renamed = VideoInput::from(&video.content);
    let renamed = VideoInput {
        title: "Dial® tone".to_owned(),
        ..renamed
    };
    let videos = &world.domain.catalogue.videos;
    let from = Revision(video.revision);
    let changed = videos.update(&creator.caller, &video.id, from, &renamed);
    changed.await.unwrap();
    rebuild(&world).await;
    let products = &world.domain.catalogue.products;
    let product = products.get(&creator.caller, &old.id).await.unwrap();
    assert_eq!(product.slug, "gopro-hero-12");
    assert_eq!(product.updated_at, old.updated_at);
    for slug in ["gopro-hero-12", "goprotm-hero-12"] {
        let found = leads_to(&world, slug).await;
        assert_eq!(found.as_deref(), Some("gopro-hero-12"), "{slug}");
    }
    let video: VideoView = videos.get(&creator.caller, &video.id).await.unwrap();
    assert_eq!(video.slug, "dial-tone");
    let revision = product.revision;
    rebuild(&world).await;
    let product = products.get(&creator.caller, &old.id).await.unwrap();
    assert_eq!(product.revision, revision, "it is done once");
}

#[tokio::test]
async fn a_slug_that_was_chosen_or_whose_new_one_is_taken_stays() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let chosen = ProductInput {
        slug: "goprotm".to_owned(),
        ..published_product("GoPro™")
    };
    let chosen = creator.product(&world, &chosen).await;
    let taken = product_of_before(&creator, &world, "Legotm 42", "Lego™ 42").await;
    creator.product(&world, &published_product("Lego 42")).await;
    // The name was another when the slug was derived.
    let former = product_of_before(&creator, &world, "Something", "Speed™").await;
    let after = product_of_before(&creator, &world, "Dolbysm", "Dolby℠").await;
    rebuild(&world).await;
    let products = &world.domain.catalogue.products;
    for (product, slug) in [
        (chosen, "goprotm"),
        (taken, "legotm-42"),
        (former, "something"),
        (after, "dolby"),
    ] {
        let found = products.get(&creator.caller, &product.id).await.unwrap();
        assert_eq!(found.slug, slug);
        assert_eq!(leads_to(&world, slug).await.as_deref(), Some(slug));
    }
}

#[tokio::test]
async fn a_slug_stays_whose_new_one_is_reserved() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let artists = &world.domain.catalogue.artists;
    let before = published_artist("Admintm");
    let created = artists
        .create(&creator.caller, None, &before)
        .await
        .unwrap();
    assert_eq!(created.slug, "admintm");
    let (from, renamed) = (Revision(created.revision), published_artist("Admin™"));
    let changed = artists.update(&creator.caller, &created.id, from, &renamed);
    changed.await.unwrap();
    rebuild(&world).await;
    let found = artists.get(&creator.caller, &created.id).await.unwrap();
    assert_eq!(found.slug, "admintm");
}
