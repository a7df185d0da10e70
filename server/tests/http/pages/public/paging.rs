//! Pagination of public lists.

use super::{Creator, attributes, count, listed, main_of, published_product, published_video};
use crate::support::{Anonymous, Caller, TestApp};

async fn with_videos(app: &TestApp, videos: usize) {
    let artist = Creator::named(app, "Ada").await;
    for number in 0..videos {
        artist
            .video(&published_video(&format!("Take {number}")))
            .await;
    }
    artist.product(&published_product("Lamp")).await;
    listed(app, "/videos", &format!("{videos} videos")).await;
}

#[tokio::test]
async fn every_thing_is_on_exactly_one_page() {
    let app = TestApp::start().await;
    with_videos(&app, 50).await;
    let anonymous = Anonymous::of(&app);
    let mut seen = Vec::new();
    for (page, on_it) in [("", 24), ("?page=2", 24), ("?page=3", 2)] {
        let html = anonymous
            .visit(&format!("/videos{page}"))
            .await
            .is(200)
            .page();
        let links = attributes(main_of(&html), "href").into_iter();
        let links: Vec<_> = links
            .filter(|link| link.starts_with("/videos/ada/"))
            .collect();
        assert_eq!(links.len(), on_it, "{page}");
        seen.extend(links);
        assert!(html.contains("50 videos"), "{page}");
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 50);
}

#[tokio::test]
async fn pages_lead_to_their_neighbours() {
    let app = TestApp::start().await;
    with_videos(&app, 50).await;
    let anonymous = Anonymous::of(&app);
    for (path, previous, next) in [
        ("/videos", None, Some("/videos?page=2")),
        ("/videos?page=2", Some("/videos"), Some("/videos?page=3")),
        ("/videos?page=3", Some("/videos?page=2"), None),
        ("/artists/ada", None, Some("/artists/ada?page=2")),
        (
            "/artists/ada?page=2",
            Some("/artists/ada"),
            Some("/artists/ada?page=3"),
        ),
        (
            "/search?q=take&kind=video",
            None,
            Some("/search?q=take&kind=video&page=2"),
        ),
        (
            "/search?q=take&kind=video&page=2",
            Some("/search?q=take&kind=video"),
            Some("/search?q=take&kind=video&page=3"),
        ),
    ] {
        let html = anonymous.visit(path).await.is(200).page();
        let way = |rel: &str| {
            let marked = format!("rel=\"{rel}\"");
            let tag = html
                .split("<a")
                .find(|tag| tag.split('>').next().unwrap().contains(&marked));
            tag.map(|tag| attributes(tag, "href")[0].clone())
        };
        assert_eq!(way("prev").as_deref(), previous, "{path}");
        assert_eq!(way("next").as_deref(), next, "{path}");
    }
    let html = anonymous.visit("/artists/ada?page=2").await.page();
    assert_eq!(count(main_of(&html), "/products/ada/lamp"), 0);
}

#[tokio::test]
async fn there_is_nothing_behind_the_last_page_and_one_address_for_the_first() {
    let app = TestApp::start().await;
    with_videos(&app, 25).await;
    let anonymous = Anonymous::of(&app);
    for path in [
        "/videos?page=3",
        "/videos?page=0",
        "/videos?page=x",
        "/videos?page=-1",
        "/videos?page=02",
        "/videos?page=18446744073709551615",
        "/videos?page=99999999999999999999999",
        "/artists/ada?page=3",
        "/artists?page=2",
        "/search?q=take&page=2",
        "/search?q=take&kind=video&page=3",
    ] {
        let html = anonymous.visit(path).await.is(404).page();
        assert!(html.contains("Nothing is pinned here"), "{path}");
    }
    for (path, bare) in [
        ("/videos?page=1", "/videos"),
        ("/artists/ada?page=1", "/artists/ada"),
        (
            "/search?q=take+two&kind=video&page=1",
            "/search?q=take+two&kind=video",
        ),
    ] {
        let answer = anonymous.visit(path).await.is(301);
        assert_eq!(answer.location(), bare);
    }
}
