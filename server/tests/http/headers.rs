//! Headers of every kind of response.

use std::collections::HashSet;

use reqwest::Method;
use serde_json::json;

use crate::support::{
    Anonymous, Caller, PASSWORD, Program, SignedIn, TestApp, TestResponse, credentials,
    faulty::Fault,
};

const ALWAYS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// The default players in the content security policy.
const PLAYERS: &str = "frame-src https://www.youtube-nocookie.com https://player.vimeo.com";

/// One response of every kind.
async fn answers(app: &TestApp) -> Vec<(&'static str, TestResponse)> {
    let program = Program::of(app);
    let anonymous = Anonymous::of(app);
    let ada = SignedIn::sign_up(app, "ada@example.org").await;
    let large = |path, kind| {
        let call = program.post(path).header("content-type", kind);
        call.body(vec![b'x'; 70_000])
    };
    let mut answers = vec![
        ("a page", anonymous.visit("/login").await.is(200)),
        ("a personal page", ada.visit("/studio").await.is(200)),
        ("a redirect", anonymous.visit("/studio").await.is(303)),
        (
            "a page that is not there",
            anonymous.visit("/nothing").await.is(404),
        ),
        (
            "a refused form",
            anonymous.submit("/login", &[]).await.is(400),
        ),
        (
            "a method that a page lacks",
            anonymous.submit("/videos", &[]).await.is(405),
        ),
        (
            "a form of another type",
            anonymous.post("/login").body("x").send().await.is(415),
        ),
        (
            "a form that is too large",
            large("/login", "application/x-www-form-urlencoded")
                .send()
                .await
                .is(413),
        ),
        (
            "a foreign form",
            program
                .post("/login")
                .header("origin", "https://x.example")
                .send()
                .await
                .is(403),
        ),
        (
            "/v1",
            program
                .new_user(&credentials("bob@example.org", PASSWORD))
                .await
                .is(201),
        ),
        (
            "a login",
            program.log_in("bob@example.org", PASSWORD).await.is(200),
        ),
        (
            "a refused login",
            program.log_in("eve@example.org", PASSWORD).await.is(400),
        ),
        ("/v1 without a session", program.test().await.is(401)),
        ("/v1 with one", ada.test().await.is(200)),
        (
            "/v1 that is not there",
            program.visit("/v1/nothing").await.is(404),
        ),
        (
            "a method that /v1 lacks",
            program.visit("/v1/users/new").await.is(405),
        ),
        (
            "a body that is too large",
            large("/v1/users/new", "application/json")
                .send()
                .await
                .is(413),
        ),
        (
            "a server function",
            ada.function("current_visitor", &json!({})).await.is(200),
        ),
        (
            "a refused server function",
            anonymous
                .function("end_all_sessions", &json!({}))
                .await
                .is(401),
        ),
        (
            "a stale page",
            anonymous
                .post("/api/log_out")
                .json(&json!({}))
                .send()
                .await
                .is(409),
        ),
        (
            "another host",
            program.get("/").host("x.example").send().await.is(421),
        ),
        ("health", program.visit("/healthz").await.is(200)),
        ("readiness", program.visit("/readyz").await.is(200)),
        (
            "a file that is not there",
            program.visit("/assets/nothing.css").await.is(404),
        ),
        (
            "a file",
            program.visit(server::site::SITE.style).await.is(200),
        ),
        (
            "a head",
            program.call(Method::HEAD, "/").send().await.is(200),
        ),
        ("a logout", ada.log_out().await.is(200)),
    ];
    app.store.fail(Fault::Unavailable);
    answers.push((
        "no store",
        program.log_in("cid@example.org", PASSWORD).await.is(503),
    ));
    answers.push(("not ready", program.visit("/readyz").await.is(503)));
    app.store.fail(Fault::Panics);
    answers.push((
        "a panic",
        program.log_in("cid@example.org", PASSWORD).await.is(500),
    ));
    let form = [("email_address", "cid@example.org"), ("password", PASSWORD)];
    answers.push((
        "a panic in a form",
        anonymous.submit("/login", &form).await.is(500),
    ));
    app.store.fail(Fault::None);
    answers
}

#[tokio::test]
async fn every_answer_has_every_header() {
    let app = TestApp::start().await;
    for (what, answer) in answers(&app).await {
        for (name, value) in ALWAYS {
            assert_eq!(answer.header(name), Some(value), "{what}");
        }
        let policy = answer
            .header("content-security-policy")
            .unwrap_or_else(|| panic!("{what}"));
        for directive in [
            "default-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(directive), "{what}: {policy}");
        }
        for word in [
            "unsafe-inline",
            "unsafe-eval'",
            "unsafe-hashes",
            "data:",
            "http:",
            "https:",
            "*",
        ] {
            let policy = policy
                .replace("'wasm-unsafe-eval'", "")
                .replace(PLAYERS, "");
            assert!(!policy.contains(word), "{what}: {policy}");
        }
        assert!(answer.header("cache-control").is_some(), "{what}");
        assert!(answer.header("permissions-policy").is_some(), "{what}");
        assert!(!answer.request_id().is_empty(), "{what}");
        assert_eq!(answer.header("strict-transport-security"), None, "{what}");
        assert_eq!(answer.header("server"), None, "{what}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{what}");
    }
}

#[tokio::test]
async fn what_is_not_a_file_is_never_kept_by_anybody_in_between() {
    let app = TestApp::start().await;
    for (what, answer) in answers(&app).await {
        let kept = answer.header("cache-control").unwrap();
        if what == "a file" {
            continue;
        }
        assert!(
            ["no-store", "private, no-cache"].contains(&kept),
            "{what}: {kept}"
        );
    }
}

#[tokio::test]
async fn over_https_every_answer_asks_for_it_for_a_year() {
    let app = TestApp::with(&["--public-url", "https://inspired.example"]).await;
    for (what, answer) in answers(&app).await {
        let hsts = answer.header("strict-transport-security");
        assert_eq!(hsts, Some("max-age=31536000; includeSubDomains"), "{what}");
    }
}

#[tokio::test]
async fn the_policy_of_a_page_allows_its_own_script_and_no_other() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let mut nonces = HashSet::new();
    for _ in 0..3 {
        for path in ["/", "/login", "/signup", "/studio", "/account", "/nothing"] {
            let answer = if path == "/studio" || path == "/account" {
                ada.visit(path).await
            } else {
                Anonymous::of(&app).visit(path).await
            };
            let policy = answer.header("content-security-policy").unwrap().to_owned();
            let nonce = policy
                .split("'nonce-")
                .nth(1)
                .unwrap()
                .split('\'')
                .next()
                .unwrap()
                .to_owned();
            assert!(nonce.len() >= 22, "{nonce} has fewer than 128 bits");
            for part in [
                "'wasm-unsafe-eval'",
                "object-src 'none'",
                "form-action 'self'",
                "style-src 'self'",
            ] {
                assert!(policy.contains(part), "{path}: {policy}");
            }
            let html = answer.page();
            // `modulepreload` is subject to the policy of scripts, too.
            let is_script =
                |tag: &&str| tag.starts_with("script") || tag.contains("rel=\"modulepreload\"");
            let scripts: Vec<&str> = html.split('<').filter(is_script).collect();
            assert!(!scripts.is_empty(), "{path}");
            let with_nonce = format!("nonce=\"{nonce}\"");
            for script in &scripts {
                assert!(script.contains(&with_nonce), "{path}: <{script}");
            }
            assert_eq!(html.matches(&with_nonce).count(), scripts.len(), "{path}");
            assert!(nonces.insert(nonce), "a nonce was used twice");
        }
    }
}

#[tokio::test]
async fn a_page_has_nothing_inline_that_the_policy_forbids() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for path in ["/", "/studio", "/account", "/nothing"] {
        let html = ada.visit(path).await.page();
        for word in [
            "<style",
            " style=",
            "javascript:",
            " onclick=",
            " onload=",
            "<base",
            "<iframe",
        ] {
            assert!(!html.contains(word), "{path}: {word}");
        }
        for part in html
            .split(['"', '\''])
            .filter(|part| part.starts_with("http"))
        {
            // A page names its own URL as canonical.
            let is_own = part.starts_with(&app.url);
            assert!(
                part.starts_with("http://www.w3.org/") || is_own,
                "{path} refers to {part}"
            );
        }
    }
}
