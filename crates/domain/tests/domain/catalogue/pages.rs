//! Claims about the content of page models: a model may be sent to the browser entirely, so it
//! contains nothing that its page does not show.

use domain::{
    catalogue::{CatalogueError, Resolved, VideoView},
    search::{QueryWords, Sort},
};
use serde::Serialize;
use types::{
    catalogue::{
        AlternativeInput, ArtistInput, ChapterInput, LinkInput, PlacementInput, ProductInput,
        Status, TimeInput, VideoInput,
    },
    pages::{Destination, LinkTarget, PublicKind, WatchTarget},
};

use super::{
    creator::{Creator, offer, placement, published_artist, published_product, somebody},
    public::eventually_found,
};
use crate::support::{World, visitor};

/// The key of the video on an unapproved host.
const KEY: &str = "kkGMgK9ZtnKfYAgnEtQxbv";

fn here<T>(resolved: Resolved<T>) -> T {
    match resolved {
        Resolved::Present(page) => page,
        Resolved::Redirect { artist, slug } => panic!("it has moved to {artist}/{slug}"),
    }
}

/// Asserts that the model contains no id of an artist, a product, a retailer or an account, no
/// word of a draft and no URL of an unapproved host.
#[track_caller]
fn assert_has_nothing_hidden(model: &impl Serialize) {
    let json = serde_json::to_string(model).unwrap();
    for hidden in ["art_", "prd_", "ret_", "acc_", "secret", "Secret", KEY] {
        assert!(!json.contains(hidden), "{hidden}: {json}");
    }
}

/// A published video of a product on an unapproved host, which also places a draft.
async fn a_video_with_a_draft_in_it(world: &World) -> (Creator, VideoView) {
    let creator = Creator::new(world, 1).await;
    creator.shop(world, "shop.example").await;
    let secret = ProductInput {
        status: Status::Draft,
        ..published_product("Secret lamp")
    };
    let secret = creator.product(world, &secret).await;
    let pen = ProductInput {
        description: "A pen.".to_owned(),
        offers: vec![
            offer("https://shop.example/a", "1"),
            offer("https://unapproved.example/a", "1"),
        ],
        alternatives: vec![AlternativeInput {
            product_id: secret.id.clone(),
            ..AlternativeInput::default()
        }],
        ..published_product("Pen")
    };
    let pen = creator.product(world, &pen).await;
    let video = VideoInput {
        title: "Film".to_owned(),
        url: format!("https://films.example/w/{KEY}"),
        status: Status::Published,
        chapters: vec![ChapterInput {
            start: TimeInput::Millis(5_000),
            title: "Start".to_owned(),
        }]
        .into(),
        placements: vec![
            placement(&pen, 9_000),
            PlacementInput {
                note: "A secret note".to_owned(),
                ..placement(&secret, 77_000)
            },
        ],
        ..VideoInput::default()
    };
    let video = creator.video(world, &video).await;
    for words in ["artist", "film", "pen"] {
        eventually_found(world, words, 1).await;
    }
    (creator, video)
}

#[tokio::test]
async fn the_page_of_a_video_has_nothing_of_a_draft_in_it() {
    let world = World::new().await;
    a_video_with_a_draft_in_it(&world).await;
    let public = &world.domain.catalogue.public;
    let page = public.video(&visitor(), "artist-1", "film").await.unwrap();
    let page = here(page);
    assert_has_nothing_hidden(&page);
    let target = page.video.map(|video| video.target);
    let Some(WatchTarget::LeavePage { later, .. }) = target else {
        panic!("{target:?}")
    };
    let seconds: Vec<_> = later.iter().map(|(second, _)| *second).collect();
    assert_eq!(seconds, [5, 9], "those that the page shows");
    let [shown] = &page.placements[..] else {
        panic!("{:?}", page.placements)
    };
    assert!(
        shown
            .offer
            .as_ref()
            .is_some_and(|offer| offer.is_followable())
    );
}

/// Any reader can compute the digest of a start from the URL on the page in between.
#[tokio::test]
async fn a_start_of_a_draft_leads_its_owner_on_and_nobody_else() {
    let world = World::new().await;
    let (creator, video) = a_video_with_a_draft_in_it(&world).await;
    let catalogue = &world.domain.catalogue;
    let shown = catalogue.studio.video(&creator.caller, &video).await;
    let target = shown.unwrap().map(|video| video.target);
    let Some(WatchTarget::LeavePage { entity, later, .. }) = target else {
        panic!("{target:?}")
    };
    let seconds: Vec<_> = later.iter().map(|(second, _)| *second).collect();
    assert_eq!(seconds, [5, 9, 77]);
    let other = somebody(&world, 2).await;
    for (second, digest) in &later {
        for (caller, is_owner) in [
            (&creator.caller, true),
            (&visitor(), false),
            (&other, false),
        ] {
            let led = catalogue.public.resolve_link(caller, &entity, digest).await;
            let is_led = match led {
                Ok(Destination::Unapproved(page)) => {
                    page.url.ends_with(&format!("?start={second}s"))
                }
                Err(CatalogueError::Unknown) => false,
                other => panic!("{other:?}"),
            };
            assert_eq!(is_led, is_owner || *second != 77, "{second} {caller:?}");
        }
    }
}

#[tokio::test]
async fn the_page_of_a_product_has_only_its_own_times_and_ids_that_are_links() {
    let world = World::new().await;
    a_video_with_a_draft_in_it(&world).await;
    let public = &world.domain.catalogue.public;
    let page = public.product(&visitor(), "artist-1", "pen").await.unwrap();
    let page = here(page);
    assert_has_nothing_hidden(&page);
    assert_eq!(page.alternatives, [], "the only one is a draft");
    let ids = page.offers.iter().map(|offer| offer.id.is_some());
    assert_eq!(ids.collect::<Vec<_>>(), [true, false]);
    let starts = page.appearances.iter().map(|one| one.starts.clone());
    let starts: Vec<u32> = starts.flatten().map(|start| start.millis()).collect();
    assert_eq!(starts, [9_000]);
}

#[tokio::test]
async fn lists_searches_and_the_page_of_an_artist_have_no_ids() {
    let world = World::new().await;
    a_video_with_a_draft_in_it(&world).await;
    let public = &world.domain.catalogue.public;
    let visitor = visitor();
    for kind in PublicKind::ALL {
        let list = public.list(&visitor, kind.entity_kind(), Sort::Newest, 0, 10);
        let list = list.await.unwrap();
        assert_eq!(list.total, 1, "{kind:?}");
        assert_has_nothing_hidden(&list);
    }
    for (words, groups) in [("artist", 1), ("film", 1), ("pen", 1), ("secret", 0)] {
        let words = QueryWords::parse(words);
        let found = public
            .search(&visitor, &words, &PublicKind::ALL, 0, 10)
            .await;
        let found = found.unwrap();
        assert_eq!(found.len(), groups, "{words:?}");
        assert_has_nothing_hidden(&found);
    }
    let page = here(public.artist(&visitor, "artist-1", 10).await.unwrap());
    assert_eq!((page.videos.total, page.products.total), (1, 1));
    assert_has_nothing_hidden(&page);
}

#[tokio::test]
async fn a_link_to_an_unapproved_host_is_a_digest() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let artist = ArtistInput {
        links: vec![LinkInput {
            label: "Home".to_owned(),
            url: "https://films.example/secret".to_owned(),
        }],
        ..published_artist("Linked")
    };
    let artists = &world.domain.catalogue.artists;
    artists
        .create(&creator.caller, None, &artist)
        .await
        .unwrap();
    let public = &world.domain.catalogue.public;
    let page = here(public.artist(&visitor(), "linked", 10).await.unwrap());
    let [link] = &page.links[..] else {
        panic!("{:?}", page.links)
    };
    assert_eq!(link.host, "films.example");
    assert!(
        matches!(link.target, LinkTarget::LeavePage { .. }),
        "{link:?}"
    );
    let json = serde_json::to_string(&page).unwrap();
    assert!(!json.contains("secret"), "{json}");
}
