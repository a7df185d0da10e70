//! Equivalent spellings of a path, and which redirects keep the query.

use domain::{Caller as By, documents::Revision};
use types::catalogue::VideoInput;

use super::{Creator, published_artist, published_product, published_video};
use crate::support::{Anonymous, Caller, Program, SignedIn, TestApp, raw::exchange};

/// Requests a path as it is spelled; client libraries would normalize it.
async fn ask(app: &TestApp, method: &str, path: &str) -> (u16, Option<String>) {
    let host = app.url.split("://").nth(1).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    let answer = exchange(app.address, head).await;
    let text = answer.text();
    let location = text.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("location")
            .then(|| value.to_owned())
    });
    (answer.status(), location)
}

#[tokio::test]
async fn every_spelling_of_an_address_leads_to_the_one_that_it_has() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada Films").await;
    ada.video(&published_video("First Film")).await;
    ada.product(&published_product("Desk Lamp")).await;
    for (path, canonical) in [
        ("/artists/ada%2Dfilms", "/artists/ada-films"),
        ("/artists/ada%2dfilms", "/artists/ada-films"),
        (
            "/artists/%61da-f%69lms?page=1&a=%2f",
            "/artists/ada-films?page=1&a=%2f",
        ),
        ("/%61rtists", "/artists"),
        ("/artists/./ada-films", "/artists/ada-films"),
        ("/videos/../artists/ada-films", "/artists/ada-films"),
        ("/videos/%2e%2E/artists/ada-films", "/artists/ada-films"),
        ("/artists/ada-films/", "/artists/ada-films"),
        (
            "/artists/ada%2Dfilms//?utm_source=x",
            "/artists/ada-films?utm_source=x",
        ),
        (
            "/videos/ada-films/first%2dfilm",
            "/videos/ada-films/first-film",
        ),
        (
            "/products/ada-films/desk-lamp/",
            "/products/ada-films/desk-lamp",
        ),
        ("/log%69n?next=%2Faccount", "/login?next=%2Faccount"),
        ("/robots%2Etxt", "/robots.txt"),
        ("/studio/", "/studio"),
    ] {
        for method in ["GET", "HEAD"] {
            let answer = ask(&app, method, path).await;
            assert_eq!(answer, (308, Some(canonical.to_owned())), "{method} {path}");
        }
        let (status, _) = ask(&app, "GET", canonical).await;
        assert!(
            [200, 301, 303, 401].contains(&status),
            "{status} {canonical}"
        );
    }
    // The method is kept, so that the body is sent again.
    let answer = ask(&app, "POST", "/logou%74").await;
    assert_eq!(answer, (308, Some("/logout".to_owned())));
    // Programs need not follow redirects.
    for (method, path, status) in [
        ("GET", "/v1/%74est", 401),
        ("GET", "/%761/test", 401),
        ("POST", "/v1/auth/logou%74", 200),
        ("GET", "/v1/videos/../%74est?a=b", 401),
        ("GET", "/go/%6eowhere", 404),
        ("GET", "/v1/%6eowhere", 404),
    ] {
        assert_eq!(ask(&app, method, path).await, (status, None), "{path}");
    }
}

#[tokio::test]
async fn a_path_that_is_another_one_is_not_there() {
    let app = TestApp::start().await;
    Creator::named(&app, "Ada Films").await;
    for path in [
        "/artists/ada%2Ffilms",
        "/artists/ada%252Dfilms",
        "/artists/ADA-FILMS",
        "/artists//ada-films",
        "/artists/ada-films%00",
        "/artists/ada-films%",
        "/v1/test/",
        "//artists/ada-films",
    ] {
        assert_eq!(ask(&app, "GET", path).await, (404, None), "{path}");
    }
}

/// Access and canonical URL are decided for the same path that the router matches.
#[tokio::test]
async fn no_page_is_shown_at_a_path_that_only_a_url_reads_as_its_own() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada Films").await;
    ada.video(&published_video("First Film")).await;
    for path in [
        "/x\\..\\account",
        "/\\account",
        "/.\\account",
        "/x\\..\\login",
        "/videos\\ada-films\\first-film",
        "/videos/ada-films\\first-film",
        "/artists\\ada-films",
        "/search\\",
        "/x%5C..%5Caccount",
        "/videos%5Cada-films%5Cfirst-film",
        "//account",
        "//x/account",
        "//x/../account",
        "/videos//ada-films/first-film",
        "/artists/ada-films\u{e9}",
        "/account\u{e9}",
    ] {
        assert_eq!(ask(&app, "GET", path).await, (404, None), "{path}");
    }
    for path in ["/x/../account", "/./account", "/x/%2e%2E/account"] {
        let answer = ask(&app, "GET", path).await;
        assert_eq!(answer, (308, Some("/account".to_owned())), "{path}");
    }
}

#[tokio::test]
async fn what_is_encoded_in_a_path_is_in_no_address_that_it_leads_to() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada Films").await;
    ada.video(&published_video("First Film")).await;
    let led = ask(&app, "GET", "/artists/ada-films?page=1").await;
    assert_eq!(led, (301, Some("/artists/ada-films".to_owned())));
    for path in [
        "/artists/..%2Fgo%2Foff_1?page=1",
        "/artists/..%5Cgo%5Coff_1?page=1",
        "/artists/ada-films%3Fa?page=1",
        "/artists/ada-films%23?page=1",
        "/artists/%20ada-films?page=1",
        "/artists/%EF%BD%81da-films?page=1",
        "/videos/ada-films%2F..%2Fada-films/first-film",
        "/videos/..%2Fada-films/first-film?page=1",
        "/products/ada-films/..%2Ffirst-film",
    ] {
        assert_eq!(ask(&app, "GET", path).await, (404, None), "{path}");
    }
    let arguments = serde_json::json!({ "slug": "../go/off_1", "query": "page=1" });
    let answer = Anonymous::of(&app)
        .function("read/artist", &arguments)
        .await;
    answer.is(404);
}

#[tokio::test]
async fn no_path_leads_to_another_host() {
    let app = TestApp::start().await;
    for path in [
        "//evil.example",
        "//evil.example/",
        "//evil.example/%61",
        "/..//evil.example/x",
        "/.//evil.example",
        "/%2e%2e//evil.example/",
        "/%2e/%2fevil.example",
        "/\\evil.example",
        "/./\\evil.example/",
        "/artists/../..//evil.example",
    ] {
        let (status, location) = ask(&app, "GET", path).await;
        let leads_away = location.as_deref().is_some_and(|location| {
            !location.starts_with('/') || location.starts_with("//") || location.contains('\\')
        });
        assert!(!leads_away, "{path} leads to {location:?}");
        assert!([400, 404, 308].contains(&status), "{path}: {status}");
    }
}

#[tokio::test]
async fn a_redirect_takes_the_query_along() {
    let app = TestApp::start().await;
    let mut ada = Creator::named(&app, "Ada").await;
    let video = ada.video(&published_video("First")).await;
    let renamed = VideoInput {
        slug: "second".to_owned(),
        ..published_video("First")
    };
    let videos = &app.domain.catalogue.videos;
    let changed = videos.update(&By::System, &video.id, Revision(1), &renamed);
    changed.await.unwrap();
    let mut input = published_artist("Ada");
    input.slug = "lovelace".to_owned();
    ada.become_like(&input).await;
    let anonymous = Anonymous::of(&app);
    for (old, status, new) in [
        (
            "/artists/ada?page=2&utm_source=x",
            301,
            "/artists/lovelace?page=2&utm_source=x",
        ),
        (
            "/artists/ada?page=1&utm_source=x",
            301,
            "/artists/ada?utm_source=x",
        ),
        (
            "/videos/ada/first?t=83&a=b%20c",
            301,
            "/videos/lovelace/second?t=83&a=b%20c",
        ),
        ("/videos/ada/first/?t=83", 308, "/videos/ada/first?t=83"),
        (
            "/videos?page=1&utm_source=x&a",
            301,
            "/videos?utm_source=x&a",
        ),
        ("/videos?page=1", 301, "/videos"),
        (
            "/search?q=a%2Bb&page=1&utm_source=x",
            301,
            "/search?q=a%2Bb&utm_source=x",
        ),
        (
            "/studio/videos?q=https://youtu.be/x",
            303,
            "/login?next=%2Fstudio%2Fvideos%3Fq%3Dhttps%3A%252F%252Fyoutu.be%2Fx",
        ),
        (
            "/studio/videos?q=lamp&sort=name",
            303,
            "/login?next=%2Fstudio%2Fvideos%3Fq%3Dlamp%26sort%3Dname",
        ),
    ] {
        let answer = anonymous.visit(old).await.is(status);
        assert_eq!(answer.location(), new, "{old}");
    }
}

/// The path of a request without a session is kept as `next`; no spelling makes it another host.
#[tokio::test]
async fn next_is_a_path_of_ours_at_every_request_that_takes_one() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let credentials = [
        ("email_address", "ada@example.org"),
        ("password", crate::support::PASSWORD),
    ];
    for (number, next) in [
        "/..//evil.example",
        "/a//evil.example",
        "/%2e%2e/%2fevil.example",
        "/%252F%252Fevil.example",
        "/\\evil.example",
        "/%5cevil.example",
        "/%0d%0aset-cookie:a=b",
        "/a/../b",
        "//evil.example",
    ]
    .into_iter()
    .enumerate()
    {
        let query = serde_urlencoded::to_string([("next", next)]).unwrap();
        ada.visit(&format!("/login?{query}"))
            .await
            .leads_to("/studio");
        ada.visit(&format!("/signup?{query}"))
            .await
            .leads_to("/studio");
        let anonymous = Anonymous::of(&app);
        let login = format!("/login?{query}");
        let answer = anonymous.submit(&login, &credentials).await;
        answer.leads_to("/studio");
        let address = format!("person{number}@example.org");
        let person = [("email_address", address.as_str()), credentials[1]];
        let signup = format!("/signup?{query}");
        anonymous.submit(&signup, &person).await.leads_to("/studio");
        let html = anonymous.visit(&format!("/login?{query}")).await.page();
        assert!(
            !html.contains("evil") && html.contains("next=%2Fstudio"),
            "{next}: {html}"
        );
    }
    Program::of(&app).log_out().await.is(200);
}
