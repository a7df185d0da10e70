//! Cross-site requests, and requests for other hosts.

use reqwest::Method;
use serde_json::json;

use crate::support::{
    Anonymous, Caller, PASSWORD, Program, SignedIn, TestApp, TestResponse, callers::build,
    credentials, raw::exchange,
};

/// Every unsafe route.
const UNSAFE: [&str; 14] = [
    "/login",
    "/signup",
    "/logout",
    "/account",
    "/account/sessions/end",
    "/v1/users/new",
    "/v1/auth/login",
    "/v1/auth/logout",
    "/api/log_in",
    "/api/log_out",
    "/api/sign_up",
    "/api/change_names",
    "/api/end_all_sessions",
    "/api/current_visitor",
];

/// Headers that only other sites, and pages without an origin, send.
const FOREIGN: [(&str, &str); 13] = [
    ("origin", "https://x.example"),
    ("origin", "null"),
    ("origin", ""),
    ("origin", "http://127.0.0.1"),
    ("origin", "http://127.0.0.1:1"),
    ("origin", "http://localhost.x.example"),
    ("origin", "file://"),
    ("origin", "http://127.0.0.2:3000"),
    ("sec-fetch-site", "cross-site"),
    ("sec-fetch-site", "same-site"),
    ("sec-fetch-site", "Same-Origin"),
    ("sec-fetch-site", ""),
    ("sec-fetch-site", "same-origin, cross-site"),
];

/// A request that would succeed without these headers.
async fn attempt(
    app: &TestApp,
    ada: &SignedIn,
    path: &str,
    headers: &[(&str, &str)],
) -> TestResponse {
    let mut call = Program::of(app).post(path).cookie(&ada.cookie);
    for (name, value) in headers {
        call = call.header(name, value);
    }
    if path.starts_with("/v1/") {
        return call
            .json(&credentials("ada@example.org", PASSWORD))
            .send()
            .await;
    }
    if path.starts_with("/api/") {
        return call
            .header("x-inspired-build", build())
            .json(&json!({"form": {}}))
            .send()
            .await;
    }
    call.form(&[("email_address", "eve@example.org"), ("password", PASSWORD)])
        .send()
        .await
}

#[tokio::test]
async fn whatever_changes_something_is_refused_when_it_comes_from_elsewhere() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    app.store.take_asked();
    for path in UNSAFE {
        for foreign in FOREIGN {
            let answer = attempt(&app, &ada, path, &[foreign]).await;
            assert_eq!(answer.status, 403, "{path} {foreign:?} {}", answer.lossy());
            assert!(answer.set_cookies().is_empty(), "{path} {foreign:?}");
        }
    }
    let changed = app.store.take_asked();
    assert!(
        changed.iter().all(|(operation, _)| *operation == "get"),
        "{changed:?}"
    );
    assert!(ada.is_alive().await);
    Program::of(&app)
        .log_in("eve@example.org", PASSWORD)
        .await
        .is(400);
}

#[tokio::test]
async fn one_foreign_word_outweighs_all_good_ones() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let url = app.url.clone();
    for headers in [
        [("origin", url.as_str()), ("sec-fetch-site", "cross-site")],
        [
            ("origin", "https://x.example"),
            ("sec-fetch-site", "same-origin"),
        ],
        [("origin", url.as_str()), ("origin", "https://x.example")],
        [
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-site", "cross-site"),
        ],
    ] {
        attempt(&app, &ada, "/logout", &headers).await.is(403);
    }
    assert!(ada.is_alive().await);
}

#[tokio::test]
async fn a_refusal_is_told_in_the_words_of_whoever_asked() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let foreign = [("sec-fetch-site", "cross-site")];
    attempt(&app, &ada, "/v1/auth/login", &foreign)
        .await
        .is_refusal(403, "cross_site");
    let page = attempt(&app, &ada, "/login", &foreign).await.page();
    assert!(page.contains("This did not come from our page"), "{page}");
    let problem = attempt(&app, &ada, "/api/log_out", &foreign).await.json();
    assert_eq!(problem, json!("cross_site"));
}

#[tokio::test]
async fn other_methods_that_are_not_safe_are_judged_too() {
    let app = TestApp::start().await;
    for method in ["PUT", "PATCH", "DELETE", "PROPFIND"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let call = Program::of(&app).call(method, "/v1/auth/logout");
        call.header("origin", "https://x.example")
            .send()
            .await
            .is(403);
    }
}

#[tokio::test]
async fn programs_that_say_nothing_pass() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for (path, status) in [
        ("/v1/auth/login", 200),
        ("/logout", 303),
        ("/api/log_out", 200),
    ] {
        assert_eq!(
            attempt(&app, &ada, path, &[]).await.status,
            status,
            "{path}"
        );
    }
}

#[tokio::test]
async fn links_from_elsewhere_are_followed() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for path in ["/", "/studio", "/account", "/v1/test"] {
        let call = Program::of(&app).get(path).cookie(&ada.cookie);
        let call = call
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://x.example");
        call.send().await.is(200);
    }
}

#[tokio::test]
async fn on_this_machine_three_names_are_our_own() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let port = app.address.port();
    for name in ["localhost", "127.0.0.1", "[::1]"] {
        let origin = format!("http://{name}:{port}");
        let headers = [
            ("origin", origin.as_str()),
            ("sec-fetch-site", "same-origin"),
        ];
        attempt(&app, &ada, "/v1/auth/login", &headers)
            .await
            .is(200);
        let request =
            format!("GET /login HTTP/1.1\r\nHost: {name}:{port}\r\nConnection: close\r\n\r\n");
        assert_eq!(exchange(app.address, request).await.status(), 200, "{name}");
    }
}

#[tokio::test]
async fn elsewhere_only_the_public_url_is_our_own() {
    let app = TestApp::with(&["--public-url", "https://inspired.example"]).await;
    let port = app.address.port();
    let local = format!("127.0.0.1:{port}");
    for (host, status) in [
        ("inspired.example", 200),
        ("INSPIRED.example:443", 200),
        (local.as_str(), 421),
        ("localhost", 421),
        ("inspired.example:8443", 421),
        ("www.inspired.example", 421),
        ("inspired.example.x.example", 421),
        ("inspired.example.", 421),
    ] {
        let request = format!("GET /login HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(
            exchange(app.address, request).await.status(),
            status,
            "{host}"
        );
    }
    for (origin, status) in [
        ("https://inspired.example", 200),
        ("http://inspired.example", 403),
        ("https://localhost", 403),
    ] {
        let call = Program::of(&app)
            .post("/v1/auth/logout")
            .header("origin", origin);
        call.send().await.is(status);
    }
}

#[tokio::test]
async fn another_host_is_misdirected_wherever_it_stands() {
    let app = TestApp::start().await;
    let ours = app.address;
    for head in [
        "GET / HTTP/1.1\r\nHost: x.example".to_owned(),
        "POST /v1/auth/login HTTP/1.1\r\nContent-Length: 0\r\nHost: x.example".to_owned(),
        format!("GET http://x.example/ HTTP/1.1\r\nHost: {ours}"),
        format!("GET http://{ours}/ HTTP/1.1\r\nHost: x.example"),
    ] {
        let answer = exchange(app.address, format!("{head}\r\nConnection: close\r\n\r\n")).await;
        assert_eq!(answer.status(), 421, "{head}");
        assert!(
            !answer.text().contains("x.example"),
            "{head} {}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn what_a_proxy_would_say_is_not_believed() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for (name, value) in [
        ("x-forwarded-host", "x.example"),
        ("x-forwarded-proto", "https"),
        ("forwarded", "host=x.example;proto=https"),
        ("x-original-url", "/v1/auth/logout"),
        ("x-rewrite-url", "/v1/auth/logout"),
        ("x-http-method-override", "DELETE"),
    ] {
        let answer = ada.get("/studio").header(name, value).send().await.is(200);
        assert!(!answer.text().contains("x.example"), "{name}");
        let answer = Anonymous::of(&app)
            .get("/studio")
            .header(name, value)
            .send()
            .await;
        answer.clone().leads_to("/login?next=%2Fstudio");
        assert_eq!(answer.header("strict-transport-security"), None);
        let login = ada.post("/v1/auth/login").header(name, value);
        let login = login
            .json(&credentials("eve@example.org", PASSWORD))
            .send()
            .await;
        login.is_refusal(400, "bad_credentials");
    }
    let foreign = [
        ("x-forwarded-host", "x.example"),
        ("origin", "https://x.example"),
    ];
    attempt(&app, &ada, "/logout", &foreign).await.is(403);
}

#[tokio::test]
async fn health_answers_for_any_host() {
    let app = TestApp::with(&["--public-url", "https://inspired.example"]).await;
    for path in ["/healthz", "/readyz"] {
        for host in ["10.0.0.7:3000", "x.example", "inspired.example"] {
            let request =
                format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            assert_eq!(
                exchange(app.address, request).await.status(),
                200,
                "{path} {host}"
            );
        }
    }
}
