//! The files of the site.

use std::io::Read;

use reqwest::Method;
use server::site::{SITE, SiteFile};

use crate::support::{Anonymous, Caller, TestApp, TestResponse, raw::exchange};

/// The files of this build.
fn files() -> &'static [SiteFile] {
    assert!(
        !SITE.files.is_empty(),
        "built without its pages: build with cargo xtask build"
    );
    SITE.files
}

async fn ask(app: &TestApp, path: &str, encoding: &str) -> TestResponse {
    let call = Anonymous::of(app)
        .get(path)
        .header("accept-encoding", encoding);
    call.send().await.is(200)
}

/// The body of a response after content decoding.
fn decoded(answer: &TestResponse) -> Vec<u8> {
    let mut plain = Vec::new();
    let body = answer.body.as_slice();
    match answer.header("content-encoding") {
        None => plain.extend_from_slice(body),
        Some("br") => drop(
            brotli::Decompressor::new(body, 4096)
                .read_to_end(&mut plain)
                .unwrap(),
        ),
        Some("gzip") => drop(
            flate2::read::GzDecoder::new(body)
                .read_to_end(&mut plain)
                .unwrap(),
        ),
        Some(other) => panic!("{other} is not known"),
    }
    plain
}

#[tokio::test]
async fn every_file_is_sent_whole_and_with_its_type() {
    let app = TestApp::start().await;
    for file in files() {
        let answer = ask(&app, file.path, "identity").await;
        assert_eq!(answer.body, file.identity, "{}", file.path);
        assert_eq!(answer.header("content-type"), Some(file.content_type));
        assert_eq!(
            answer.header("content-length"),
            Some(answer.body.len().to_string().as_str())
        );
        assert!(answer.set_cookies().is_empty());
    }
}

#[tokio::test]
async fn a_file_whose_name_is_its_content_may_be_kept_for_a_year() {
    let app = TestApp::start().await;
    for file in files() {
        let answer = ask(&app, file.path, "identity").await;
        let kept = answer.header("cache-control").unwrap();
        let is_kept = kept == "public, max-age=31536000, immutable";
        assert_eq!(is_kept, file.immutable, "{}: {kept}", file.path);
        assert_eq!(
            file.immutable,
            file.path.starts_with("/assets/"),
            "{}",
            file.path
        );
    }
}

/// A debug build compresses nothing; these claims hold for it as well.
#[tokio::test]
async fn a_file_is_sent_in_the_smallest_form_that_the_browser_reads() {
    let app = TestApp::start().await;
    for file in files() {
        for (accepted, allowed) in [
            ("br, gzip", &["br", "gzip"][..]),
            ("gzip", &["gzip"]),
            ("br;q=0, gzip;q=0", &[]),
            ("", &[]),
            ("identity", &[]),
            ("*;q=0", &[]),
            ("zstd", &[]),
            ("br;q=0, *", &["gzip"]),
            ("gzip;q=1.0, identity;q=0.5", &["gzip"]),
            ("nonsense;;;q=x,,", &[]),
        ] {
            let answer = ask(&app, file.path, accepted).await;
            let encoding = answer.header("content-encoding");
            assert!(
                encoding.is_none_or(|name| allowed.contains(&name)),
                "{}: {accepted:?} {encoding:?}",
                file.path
            );
            let is_there = |name: &&str| {
                *name == "br" && file.brotli.is_some() || *name == "gzip" && file.gzip.is_some()
            };
            assert_eq!(
                encoding.is_some(),
                allowed.iter().any(is_there),
                "{}: {accepted:?}",
                file.path
            );
            assert_eq!(
                decoded(&answer),
                file.identity,
                "{}: {accepted:?}",
                file.path
            );
            assert_eq!(answer.header("vary"), Some("Accept-Encoding"));
        }
    }
}

#[tokio::test]
async fn who_has_a_file_is_told_that_it_is_still_good() {
    let app = TestApp::start().await;
    for file in files() {
        let etag = ask(&app, file.path, "identity")
            .await
            .header("etag")
            .unwrap()
            .to_owned();
        for known in [
            etag.clone(),
            format!("W/{etag}"),
            format!("\"x\", {etag}"),
            "*".to_owned(),
        ] {
            let call = Anonymous::of(&app)
                .get(file.path)
                .header("if-none-match", known);
            let answer = call
                .header("accept-encoding", "identity")
                .send()
                .await
                .is(304);
            assert!(answer.body.is_empty());
            assert_eq!(answer.header("etag"), Some(etag.as_str()));
        }
        let call = Anonymous::of(&app)
            .get(file.path)
            .header("if-none-match", "\"x\"");
        call.send().await.is(200);
    }
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let app = TestApp::start().await;
    let answer = Anonymous::of(&app)
        .call(Method::HEAD, SITE.style)
        .send()
        .await
        .is(200);
    assert!(answer.body.is_empty());
    assert!(
        answer
            .header("content-length")
            .unwrap()
            .parse::<usize>()
            .unwrap()
            > 0
    );
    assert_eq!(
        answer.header("content-type"),
        Some("text/css; charset=utf-8")
    );
}

/// A page of an old build that requests a file of its build must not get HTML.
#[tokio::test]
async fn a_file_of_another_build_is_not_found() {
    let app = TestApp::start().await;
    for path in [
        "/assets/main.0000000000000000.css",
        "/assets/0000000000000000/program.js",
        "/assets/0000000000000000/program_bg.wasm",
        "/assets/",
        "/assets/manifest.json",
        "/manifest.json",
        "/assets/../manifest.json",
    ] {
        let answer = Anonymous::of(&app).visit(path).await.is(404);
        assert_ne!(
            answer.header("cache-control"),
            Some("public, max-age=31536000, immutable")
        );
    }
}

/// Whether this is a path of this site that no browser resolves to another one. An encoded slash is
/// part of its segment (RFC 3986, 2.2).
fn is_plain_path(location: &str) -> bool {
    location.starts_with('/')
        && ["//", "/../", "/./", "\\", "%2e", "%2E"]
            .iter()
            .all(|part| !location.contains(part))
}

#[tokio::test]
async fn no_path_leads_out_of_the_program() {
    let app = TestApp::start().await;
    for path in [
        "/assets/../../Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..\\..\\etc\\passwd",
        "/assets//etc/passwd",
        "/../../../etc/passwd",
        "/assets/%00",
        "/assets/....//....//etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/assets/./main.css",
    ] {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            app.address
        );
        let answer = exchange(app.address, request).await;
        let text = answer.text();
        let location = text
            .lines()
            .find_map(|line| line.strip_prefix("location: "));
        assert!(
            [308, 400, 404].contains(&answer.status()),
            "{path}: {}",
            answer.text()
        );
        assert!(location.is_none_or(is_plain_path), "{path}: {location:?}");
        assert!(
            !answer.text().contains("root:") && !answer.text().contains("[package]"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_file_takes_no_other_method() {
    let app = TestApp::start().await;
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        Anonymous::of(&app)
            .call(method, SITE.style)
            .send()
            .await
            .is(405);
    }
}

#[tokio::test]
async fn what_a_page_refers_to_is_there() {
    let app = TestApp::start().await;
    let html = Anonymous::of(&app).visit("/").await.page();
    let referred = html.split('"').filter(|part| part.starts_with("/assets/"));
    let mut count = 0;
    for path in referred {
        ask(&app, path, "br").await;
        count += 1;
    }
    assert!(
        count >= 5,
        "{count}: a style, an icon, and the three files of a program"
    );
}
