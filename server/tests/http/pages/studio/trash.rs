//! Pages of the trash.

use time::Duration;

use super::creator::Creator;
use crate::support::{Caller as _, TestApp};

/// Creates and deletes this number of videos, one per second.
async fn delete_videos(app: &TestApp, ada: &Creator, count: usize) {
    for number in 0..count {
        let path = ada.video(&format!("Take {number:02}")).await;
        app.pass(Duration::seconds(1));
        ada.press(&path, &format!("{path}/deletion")).await.is(303);
    }
}

#[tokio::test]
async fn the_bin_shows_a_page_of_each_kind_and_links_to_the_rest() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    delete_videos(&app, &ada, 27).await;
    let lamp = ada.product("Red lamp").await;
    ada.press(&lamp, &format!("{lamp}/deletion")).await.is(303);
    let first = ada.page("/studio/bin").await;
    assert_eq!(first.matches("/restoration").count(), 26, "{first}");
    assert!(first.contains("Take 26") && !first.contains("Take 01"));
    assert!(first.contains("Red lamp") && first.contains("Page 1 of 2"));
    assert!(
        first.contains(r#"href="/studio/bin?kind=videos&amp;page=2""#)
            && !first.contains("kind=products"),
        "{first}"
    );
    let second = ada.page("/studio/bin?kind=videos&page=2").await;
    assert_eq!(second.matches("/restoration").count(), 2, "{second}");
    assert!(second.contains("Take 01") && second.contains("Take 00"));
    assert!(!second.contains("Take 02") && !second.contains("Red lamp"));
    assert!(second.contains(r#"href="/studio/bin?kind=videos&amp;page=1""#));
    assert!(second.contains("Everything in the bin"), "{second}");
    let none = ada.page("/studio/bin?kind=retailers").await;
    assert!(
        none.contains("Nothing of this kind is in the bin."),
        "{none}"
    );
    for query in [
        "page=2",
        "kind=videos&page=3",
        "kind=products&page=2",
        "kind=videos&page=0",
        "kind=videos&page=x",
        "kind=sofas",
    ] {
        let path = format!("/studio/bin?{query}");
        ada.who.visit(&path).await.is(404);
    }
}

#[tokio::test]
async fn a_list_offers_to_undo_only_what_the_caller_can_restore() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let eve = Creator::sign_up(&app, "eve@example.org").await;
    let artist = ada.artist("Ada Films").await;
    eve.artist("Eve Films").await;
    let paths = [
        ada.video("My room").await,
        ada.product("Red lamp").await,
        ada.shop("Lamp shop", "lamps.example").await,
        artist,
    ];
    for path in paths {
        let (list, id) = path.rsplit_once('/').unwrap();
        let action = format!("{path}/restoration");
        let undo = format!("{list}?deleted={id}");
        assert!(!ada.page(&undo).await.contains(&action), "{path}");
        ada.press(&path, &format!("{path}/deletion")).await.is(303);
        assert!(ada.page(&undo).await.contains(&action), "{path}");
        assert!(!eve.page(&undo).await.contains(&action), "{path}");
        ada.press(&undo, &action).await.is(303);
    }
    for id in ["x", "vid_x", "%00", "art_0192aaaabbbbccccddddeeeeffff0001"] {
        let page = ada.page(&format!("/studio/videos?deleted={id}")).await;
        assert!(!page.contains("/restoration"), "{id}");
    }
}
