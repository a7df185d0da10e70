//! Claims about the public catalogue.

use domain::{
    catalogue::{CatalogueError, Resolved},
    documents::Revision,
    search::{EntityKind, QueryWords, Sort},
};
use types::{
    catalogue::{
        ArtistInput, PlacementInput, ProductInput, Status, TimeInput, Timecode, VideoInput,
    },
    pages::{ArtistPage, Card, PublicKind, VideoPage},
};

use super::creator::{
    Creator, offer, placement, published_artist, published_product, published_video,
};
use crate::support::{World, visitor};

pub(super) fn here<T>(resolved: Resolved<T>) -> T {
    match resolved {
        Resolved::Present(page) => page,
        Resolved::Redirect { artist, slug } => panic!("it has moved to {artist}/{slug}"),
    }
}

/// The current results of a public search; a cheap search may be a second old.
pub(super) async fn eventually_found(world: &World, words: &str, total: usize) -> Vec<Card> {
    let kinds = [PublicKind::Artist, PublicKind::Video, PublicKind::Product];
    let words = QueryWords::parse(words);
    let found = async {
        loop {
            let public = &world.domain.catalogue.public;
            let groups = public.search(&visitor(), &words, &kinds, 0, 10).await;
            let cards: Vec<_> = groups
                .unwrap()
                .into_iter()
                .flat_map(|group| group.hits)
                .map(|hit| hit.card)
                .collect();
            if cards.len() == total {
                return cards;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), found)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_video_shows_its_public_products_at_their_times() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    creator.shop(&world, "shop.example").await;
    let lens = ProductInput {
        offers: vec![
            offer("https://shop.example/dear", "30"),
            offer("https://shop.example/cheap", "20.50"),
            offer("https://unknown.example/free", "1"),
        ],
        ..published_product("A lens")
    };
    let lens = creator.product(&world, &lens).await;
    let secret = ProductInput {
        status: Status::Draft,
        ..published_product("A secret")
    };
    let secret = creator.product(&world, &secret).await;
    let input = VideoInput {
        placements: vec![placement(&secret, 500), placement(&lens, 1_000)],
        ..published_video("A video")
    };
    creator.video(&world, &input).await;
    let public = &world.domain.catalogue.public;
    let page = public
        .video(&visitor(), "artist-1", "a-video")
        .await
        .unwrap();
    let page: VideoPage = here(page);
    assert_eq!(page.placements.len(), 1);
    let shown = &page.placements[0];
    assert_eq!(shown.start.map(|start| start.millis()), Some(1_000));
    assert_eq!(
        (shown.product.name.as_str(), shown.product.retailers),
        ("A lens", 1)
    );
    assert_eq!(shown.product.prices.len(), 1);
    assert_eq!(shown.product.prices[0].low.minor, 2050);
    assert_eq!(shown.product.prices[0].high.minor, 3000);
    let best = shown.offer.as_ref().unwrap();
    assert_eq!(best.price.map(|price| price.minor), Some(2050));
    let page = here(
        public
            .product(&visitor(), "artist-1", "a-lens")
            .await
            .unwrap(),
    );
    let order: Vec<_> = page
        .offers
        .iter()
        .map(|one| one.price.map(|price| price.minor))
        .collect();
    assert_eq!(order, [Some(2050), Some(3000), Some(100)]);
    assert!(!page.offers[2].is_followable());
}

#[tokio::test]
async fn placements_are_shown_in_the_order_of_time_and_kept_in_the_order_of_tagging() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let pen = creator.product(&world, &published_product("A pen")).await;
    let untimed = PlacementInput {
        start: TimeInput::default(),
        ..placement(&pen, 0)
    };
    let input = VideoInput {
        placements: vec![
            placement(&pen, 83_000),
            untimed,
            placement(&pen, 599_000),
            placement(&pen, 42_000),
        ],
        ..published_video("A video")
    };
    let video = creator.video(&world, &input).await;
    let public = &world.domain.catalogue.public;
    let page = public.video(&visitor(), "artist-1", "a-video").await;
    let page: VideoPage = here(page.unwrap());
    let millis = |start: Option<Timecode>| start.map(Timecode::millis);
    let shown = page.placements.iter().map(|one| millis(one.start));
    let in_time = [Some(42_000), Some(83_000), Some(599_000), None];
    assert_eq!(shown.collect::<Vec<_>>(), in_time);
    let stored = video.content.placements.iter().map(|one| millis(one.start));
    let as_tagged = [Some(83_000), None, Some(599_000), Some(42_000)];
    assert_eq!(stored.collect::<Vec<_>>(), as_tagged);
}

#[tokio::test]
async fn drafts_are_nowhere() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let draft = VideoInput {
        status: Status::Draft,
        ..published_video("Hidden zebra")
    };
    creator.video(&world, &draft).await;
    creator.video(&world, &published_video("Shown zebra")).await;
    let public = &world.domain.catalogue.public;
    let page = public.video(&visitor(), "artist-1", "hidden-zebra").await;
    assert!(matches!(page, Err(CatalogueError::Unknown)), "{page:?}");
    eventually_found(&world, "zebra", 1).await;
    let listed = public
        .list(&visitor(), EntityKind::Video, Sort::Newest, 0, 10)
        .await
        .unwrap();
    assert_eq!((listed.total, listed.cards.len()), (1, 1));
    // With its artist, a public entity is hidden, whatever the read model still contains.
    let hidden = ArtistInput {
        status: Status::Draft,
        ..published_artist("Artist 1")
    };
    let artists = &world.domain.catalogue.artists;
    let changed = artists.update(&creator.caller, &creator.artist.id, Revision(1), &hidden);
    changed.await.unwrap();
    let listed = public
        .list(&visitor(), EntityKind::Video, Sort::Newest, 0, 10)
        .await
        .unwrap();
    assert_eq!(listed.cards, []);
    for page in [
        public.artist(&visitor(), "artist-1", 10).await.map(drop),
        public
            .video(&visitor(), "artist-1", "shown-zebra")
            .await
            .map(drop),
    ] {
        assert!(matches!(page, Err(CatalogueError::Unknown)), "{page:?}");
    }
    eventually_found(&world, "zebra", 0).await;
    let listed = public
        .list(&visitor(), EntityKind::Video, Sort::Newest, 0, 10)
        .await
        .unwrap();
    assert_eq!(listed.total, 0);
}

#[tokio::test]
async fn a_renamed_thing_redirects_for_ever() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let video = creator.video(&world, &published_video("First")).await;
    let catalogue = &world.domain.catalogue;
    let mut from = 1;
    for slug in ["second", "third"] {
        let input = VideoInput {
            slug: slug.to_owned(),
            ..published_video("First")
        };
        let changed = catalogue
            .videos
            .update(&creator.caller, &video.id, Revision(from), &input);
        from = changed.await.unwrap().revision;
    }
    let renamed = ArtistInput {
        slug: "new-name".to_owned(),
        ..published_artist("Artist 1")
    };
    let artists = &catalogue.artists;
    artists
        .update(&creator.caller, &creator.artist.id, Revision(1), &renamed)
        .await
        .unwrap();
    let public = &catalogue.public;
    for (artist, slug) in [
        ("artist-1", "first"),
        ("artist-1", "third"),
        ("new-name", "first"),
        ("new-name", "second"),
    ] {
        let page = public.video(&visitor(), artist, slug).await.unwrap();
        let Resolved::Redirect { artist, slug } = page else {
            panic!("{page:?}")
        };
        assert_eq!((artist.as_str(), slug.as_str()), ("new-name", "third"));
    }
    here(public.video(&visitor(), "new-name", "third").await.unwrap());
    let moved = public.artist(&visitor(), "artist-1", 10).await.unwrap();
    assert!(matches!(moved, Resolved::Redirect { .. }), "{moved:?}");
    // A former slug is never assigned to another artist.
    let other = Creator::new(&world, 2).await;
    let squatter = ArtistInput {
        slug: "artist-1".to_owned(),
        ..published_artist("Squatter")
    };
    assert!(
        artists
            .create(&other.caller, None, &squatter)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn an_artists_page_has_its_newest_things() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    for title in ["One", "Two", "Three"] {
        creator.video(&world, &published_video(title)).await;
        world.clock.advance(time::Duration::seconds(1));
    }
    eventually_found(&world, "one", 1).await;
    eventually_found(&world, "three", 1).await;
    let public = &world.domain.catalogue.public;
    let page: ArtistPage = here(public.artist(&visitor(), "artist-1", 2).await.unwrap());
    let titles: Vec<_> = page
        .videos
        .cards
        .iter()
        .map(|card| match card {
            Card::Video(video) => video.title.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!((page.videos.total, titles), (3, vec!["Three", "Two"]));
}
