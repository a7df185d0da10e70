//! What robots are told.

use super::{Creator, listed, published_product, published_video};
use crate::support::{Anonymous, Caller, TestApp};

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

/// The values of an element, in order; fails when the XML is not well-formed.
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
