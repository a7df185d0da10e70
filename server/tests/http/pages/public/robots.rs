//! `robots.txt` and the site map.

use domain::{Caller as By, documents::Revision};
use types::catalogue::Status;

use super::{Creator, listed, published_artist, published_product, published_video};
use crate::support::{Anonymous, Caller, TestApp, eventually};

const SITE: &str = "https://inspired.example";

async fn with_things() -> TestApp {
    let app = TestApp::with(&["--public-url", SITE]).await;
    let ada = Creator::named(&app, "Ada").await;
    ada.video(&published_video("Film")).await;
    ada.product(&published_product("Lamp")).await;
    listed(&app, "/videos", "1 video").await;
    listed(&app, "/products", "1 product").await;
    app
}

/// The contents of all elements with this name, in order; fails if the XML is not well-formed.
#[track_caller]
fn elements(xml: &str, name: &str) -> Vec<String> {
    let body = xml
        .strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .unwrap();
    let mut open: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        assert!(!text.contains('>'), "{xml}");
        let references = text.split('&').skip(1);
        for reference in references {
            let name = reference.split(';').next().unwrap();
            assert!(
                ["amp", "lt", "gt", "quot", "apos"].contains(&name),
                "{text}"
            );
        }
        match tag.strip_prefix('/') {
            Some(tag) => assert_eq!(open.pop(), Some(tag), "{xml}"),
            None => {
                let tag = tag.split(' ').next().unwrap();
                open.push(tag);
                if tag == name {
                    found.push(text.to_owned());
                }
            }
        }
    }
    assert!(open.is_empty(), "{open:?}: {xml}");
    found
}

async fn xml(app: &TestApp, path: &str) -> String {
    let answer = Anonymous::of(app).visit(path).await.is(200);
    assert_eq!(
        answer.header("content-type"),
        Some("application/xml; charset=utf-8")
    );
    answer.text()
}

#[tokio::test]
async fn the_map_of_the_site_leads_to_every_public_thing() {
    let app = with_things().await;
    let index = xml(&app, "/sitemap.xml").await;
    assert!(index.contains("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"));
    let mut urls = Vec::new();
    for file in elements(&index, "loc") {
        let path = file.strip_prefix(SITE).unwrap();
        let part = xml(&app, path).await;
        assert!(part.contains("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"));
        urls.extend(elements(&part, "loc"));
    }
    urls.sort_unstable();
    let paths: Vec<_> = urls
        .iter()
        .map(|url| url.strip_prefix(SITE).unwrap())
        .collect();
    assert_eq!(
        paths,
        [
            "/",
            "/artists",
            "/artists/ada",
            "/products",
            "/products/ada/lamp",
            "/videos",
            "/videos/ada/film"
        ]
    );
    for path in paths {
        Anonymous::of(&app).visit(path).await.is(200).page();
    }
    let days = elements(&xml(&app, "/sitemap/videos-1.xml").await, "lastmod");
    assert_eq!(days, ["2024-10-04T00:00:00Z"]);
}

/// A file has a thousand URLs, and a document may have tens of kilobytes.
#[tokio::test]
async fn the_map_of_the_site_is_made_without_reading_a_document() {
    let app = with_things().await;
    app.store.take_asked();
    for path in [
        "/sitemap.xml",
        "/sitemap/videos-1.xml",
        "/sitemap/products-1.xml",
        "/sitemap/artists-1.xml",
    ] {
        xml(&app, path).await;
        let asked = app.store.take_asked();
        assert!(asked.is_empty(), "{path}: {asked:?}");
    }
}

#[tokio::test]
async fn a_robot_may_keep_the_map_for_a_minute_and_is_told_when_it_is_the_same() {
    let app = with_things().await;
    let anonymous = Anonymous::of(&app);
    for path in [
        "/sitemap.xml",
        "/sitemap/pages.xml",
        "/sitemap/videos-1.xml",
    ] {
        let first = anonymous.visit(path).await.is(200);
        assert_eq!(first.header("cache-control"), Some("public, max-age=60"));
        let tag = first.header("etag").unwrap();
        let again = anonymous
            .get(path)
            .header("if-none-match", tag)
            .send()
            .await;
        let again = again.is(304);
        assert_eq!(again.header("etag"), Some(tag), "{path}");
        assert_eq!(again.text(), "", "{path}");
        let other = anonymous.get(path).header("if-none-match", "\"x\"");
        assert_eq!(other.send().await.is(200).text(), first.text(), "{path}");
    }
}

/// Waits until a file has these URLs: the search may be one second old, and so may the file.
async fn mapped(app: &TestApp, path: &str, expected: &[&str]) {
    let is_there = || async {
        let answer = Anonymous::of(app).visit(path).await;
        let urls = match answer.status {
            404 => Vec::new(),
            // The file is requested more often than one source may read.
            429 => return false,
            _ => elements(&answer.text(), "loc"),
        };
        let mut paths: Vec<_> = urls
            .iter()
            .map(|url| url.strip_prefix(SITE).unwrap())
            .collect();
        // The clock stands still, so the order by age is undefined.
        paths.sort_unstable();
        paths == expected
    };
    eventually(&format!("{path} has {expected:?}"), is_there).await;
}

#[tokio::test]
async fn the_map_follows_what_is_published_renamed_withdrawn_and_deleted() {
    let app = with_things().await;
    let mut eve = Creator::named(&app, "Eve").await;
    let videos = "/sitemap/videos-1.xml";
    let film = eve.video(&published_video("Second")).await;
    mapped(&app, videos, &["/videos/ada/film", "/videos/eve/second"]).await;
    // The slug of an artist is part of the URL of every entity below it.
    let mut renamed = published_artist("Eve");
    renamed.slug = "evelyn".to_owned();
    eve.become_like(&renamed).await;
    mapped(&app, videos, &["/videos/ada/film", "/videos/evelyn/second"]).await;
    mapped(
        &app,
        "/sitemap/artists-1.xml",
        &["/artists/ada", "/artists/evelyn"],
    )
    .await;
    renamed.status = Status::Draft;
    eve.become_like(&renamed).await;
    mapped(&app, videos, &["/videos/ada/film"]).await;
    mapped(&app, "/sitemap/artists-1.xml", &["/artists/ada"]).await;
    renamed.status = Status::Published;
    eve.become_like(&renamed).await;
    mapped(&app, videos, &["/videos/ada/film", "/videos/evelyn/second"]).await;
    let domain = &app.domain.catalogue.videos;
    let deleted = domain.delete(&By::System, &film.id, Revision(film.revision));
    deleted.await.unwrap();
    mapped(&app, videos, &["/videos/ada/film"]).await;
}

#[tokio::test]
async fn there_is_no_file_of_what_there_is_not() {
    let app = with_things().await;
    for path in [
        "/sitemap/videos-2.xml",
        "/sitemap/videos-0.xml",
        "/sitemap/videos-99999999999999999999.xml",
        "/sitemap/retailers-1.xml",
        "/sitemap/videos.xml",
        "/sitemap",
        "/sitemap/",
        "/sitemap/x/y",
    ] {
        Anonymous::of(&app).visit(path).await.is(404).page();
    }
}

#[tokio::test]
async fn an_empty_site_has_a_map_too() {
    let app = TestApp::start().await;
    let index = xml(&app, "/sitemap.xml").await;
    assert_eq!(
        elements(&index, "loc"),
        [format!("{}/sitemap/pages.xml", app.url)]
    );
}

#[tokio::test]
async fn robots_are_asked_to_leave_alone_what_is_not_for_them() {
    let app = with_things().await;
    let answer = Anonymous::of(&app).visit("/robots.txt").await.is(200);
    assert_eq!(
        answer.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    let text = answer.text();
    for line in [
        "User-agent: *",
        "Disallow: /go/",
        "Disallow: /leave/",
        "Disallow: /studio",
        "Disallow: /account",
        "Disallow: /v1",
        "Disallow: /api",
        "Sitemap: https://inspired.example/sitemap.xml",
    ] {
        assert!(text.lines().any(|one| one == line), "{line}: {text}");
    }
}
