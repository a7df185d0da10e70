//! Server functions: public endpoints that pages call.

use leptos::server_fn::axum::server_fn_paths;
use reqwest::Method;
use serde_json::json;

use crate::support::{
    Anonymous, Caller, PASSWORD, SignedIn, TestApp,
    callers::build,
    faulty::{Fault, SECRET_CAUSE},
};

/// The paths of all server functions.
fn paths() -> Vec<&'static str> {
    let paths: Vec<_> = server_fn_paths().map(|(path, _)| path).collect();
    for known in [
        "/api/log_in",
        "/api/change_names",
        "/api/read/video",
        "/api/read/studio/entity",
        "/api/studio/update",
    ] {
        assert!(paths.contains(&known), "{known}: {paths:?}");
    }
    paths
}

fn log_in_form(address: &str, password: &str) -> serde_json::Value {
    json!({ "form": { "email_address": address, "password": password, "remember": "" } })
}

fn sign_up_form(address: &str, password: &str) -> serde_json::Value {
    json!({ "form": { "email_address": address, "password": password, "first_name": "Ada", "last_name": "" } })
}

/// axum-login#144: a log-in within a server function was not kept.
#[tokio::test]
async fn a_login_by_a_page_sticks() {
    let app = TestApp::start().await;
    SignedIn::sign_up(&app, "ada@example.org").await;
    let answer = Anonymous::of(&app)
        .function("log_in", &log_in_form("ada@example.org", PASSWORD))
        .await
        .is(200);
    assert_eq!(answer.json()["account"]["email_address"], "ada@example.org");
    assert!(!answer.text().contains(PASSWORD));
    let anonymous = Anonymous::of(&app);
    anonymous
        .get("/studio")
        .cookie(&answer.cookie())
        .send()
        .await
        .is(200)
        .page();
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_sign_up_by_a_page_signs_in() {
    let app = TestApp::start().await;
    let answer = Anonymous::of(&app)
        .function("sign_up", &sign_up_form("ada@example.org", PASSWORD))
        .await
        .is(200);
    assert_eq!(answer.json()["account"]["first_name"], "Ada");
    let anonymous = Anonymous::of(&app);
    anonymous
        .get("/v1/test")
        .cookie(&answer.cookie())
        .send()
        .await
        .is(200);
}

#[tokio::test]
async fn who_is_signed_in_is_told_to_whoever_it_is() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let answer = ada.function("current_visitor", &json!({})).await.is(200);
    assert_eq!(answer.json()["account"]["email_address"], "ada@example.org");
    let answer = Anonymous::of(&app)
        .function("current_visitor", &json!({}))
        .await
        .is(200);
    assert_eq!(answer.json(), json!(null));
    assert!(answer.set_cookies().is_empty());
}

#[tokio::test]
async fn a_logout_by_a_page_ends_the_session() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let answer = ada.function("log_out", &json!({})).await.is(200);
    assert_eq!(answer.header("clear-site-data"), Some("\"cache\""));
    assert!(answer.set_cookie().contains("Max-Age=0"));
    assert!(!ada.is_alive().await);
    ada.function("log_out", &json!({})).await.is(200);
}

#[tokio::test]
async fn names_and_all_sessions_belong_to_whoever_is_signed_in() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let names = json!({ "form": { "first_name": "Ada", "last_name": "Lovelace" } });
    assert_eq!(
        ada.function("change_names", &names).await.is(200).json()["account"]["last_name"],
        "Lovelace"
    );
    ada.function("end_all_sessions", &json!({})).await.is(200);
    assert!(!ada.is_alive().await);
}

/// Every server function is a public endpoint; one without an access check would be open.
#[tokio::test]
async fn nobody_is_refused_where_somebody_is_needed() {
    let app = TestApp::start().await;
    let names = json!({ "form": { "first_name": "Eve", "last_name": "" } });
    let anonymous = Anonymous::of(&app);
    for (name, arguments) in [("change_names", names), ("end_all_sessions", json!({}))] {
        let answer = anonymous.function(name, &arguments).await.is(401);
        assert_eq!(answer.json(), json!("unauthenticated"), "{name}");
    }
}

/// leptos#4536: every failure of a server function was a 500.
#[tokio::test]
async fn a_refusal_has_its_status_and_its_problem() {
    let app = TestApp::start().await;
    SignedIn::sign_up(&app, "ada@example.org").await;
    let anonymous = Anonymous::of(&app);
    let answer = anonymous
        .function("log_in", &log_in_form("ada@example.org", "wrong password"))
        .await
        .is(400);
    assert_eq!(answer.json(), json!("bad_credentials"));
    assert!(answer.set_cookies().is_empty());
    let answer = anonymous
        .function("sign_up", &sign_up_form("ADA@example.org", PASSWORD))
        .await
        .is(409);
    assert_eq!(
        answer.json(),
        json!({ "invalid": [["email_address", "taken"]] })
    );
    let answer = anonymous
        .function("sign_up", &sign_up_form("abc", "short"))
        .await
        .is(400);
    assert_eq!(answer.json()["invalid"].as_array().unwrap().len(), 2);
}

/// leptos#3786: a server function that accepts GET can be called by a link (#4809).
#[tokio::test]
async fn no_server_function_accepts_another_method() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for path in paths() {
        for method in [
            Method::GET,
            Method::HEAD,
            Method::PUT,
            Method::DELETE,
            Method::PATCH,
        ] {
            let call = ada
                .call(method.clone(), &format!("{path}?form[first_name]=Eve"))
                .header("x-inspired-build", build());
            let status = call.send().await.status;
            assert_eq!(status, 405, "{method} {path}");
        }
    }
    assert!(ada.is_alive().await);
}

#[tokio::test]
async fn a_plain_form_cannot_call_a_server_function() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for kind in [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
    ] {
        for path in paths() {
            let call = ada.post(path).header("x-inspired-build", build());
            call.header("content-type", kind)
                .body("{}")
                .send()
                .await
                .is(415);
        }
    }
    assert!(ada.is_alive().await);
}

#[tokio::test]
async fn an_unknown_function_is_404_in_json() {
    let app = TestApp::start().await;
    for name in ["nothing", "", "log_in/x", "log_in123"] {
        let answer = Anonymous::of(&app).function(name, &json!({})).await.is(404);
        assert_eq!(
            answer.header("content-type"),
            Some("application/json"),
            "{name}"
        );
    }
    Anonymous::of(&app).visit("/api").await.is(404);
}

/// A page of another build gets an error and no answer that it would misread.
#[tokio::test]
async fn a_page_of_another_build_is_told_to_reload_and_changes_nothing() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for path in paths() {
        for stale in [Some("0000000000000000"), Some(""), None] {
            let mut call = ada.post(path).json(&json!({}));
            if let Some(stale) = stale {
                call = call.header("x-inspired-build", stale);
            }
            let answer = call.send().await.is(409);
            assert_eq!(answer.json(), json!("stale_page"), "{path} {stale:?}");
        }
    }
    assert!(ada.is_alive().await);
}

#[tokio::test]
async fn arguments_that_are_not_what_the_function_takes_are_400() {
    let app = TestApp::start().await;
    for (name, arguments) in [
        ("log_in", json!({})),
        ("log_in", json!([])),
        ("log_in", json!({"form": 7})),
        (
            "log_in",
            json!({"form": {"email_address": 7, "password": []}}),
        ),
        ("sign_up", json!(null)),
        ("sign_up", json!({"form": null})),
    ] {
        let answer = Anonymous::of(&app).function(name, &arguments).await.is(400);
        assert_eq!(answer.json(), json!("malformed"), "{name} {arguments}");
    }
    let broken = Anonymous::of(&app)
        .post("/api/log_in")
        .header("x-inspired-build", build());
    let broken = broken
        .header("content-type", "application/json")
        .body("{\"form\":");
    broken.send().await.is(400);
}

/// Leptos redirects clients that accept HTML to the `Referer`, with the error in the URL.
#[tokio::test]
async fn nobody_is_redirected_with_an_error_in_the_url() {
    let app = TestApp::start().await;
    let call = Anonymous::of(&app)
        .post("/api/log_in")
        .header("x-inspired-build", build());
    let call = call
        .header("accept", "text/html")
        .header("referer", format!("{}/login", app.url));
    let answer = call
        .json(&log_in_form("ada@example.org", "wrong password"))
        .send()
        .await
        .is(400);
    assert_eq!(answer.header("location"), None);
    assert_eq!(answer.header("serverfnredirect"), None);
}

#[tokio::test]
async fn a_store_that_fails_is_a_problem_and_not_nobody() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let app = app.restart(&[]).await;
    let ada = ada.at(&app);
    for (fault, status) in [
        (Fault::Unavailable, 503),
        (Fault::Damaged, 500),
        (Fault::Panics, 500),
    ] {
        app.store.fail(fault);
        for name in ["current_visitor", "end_all_sessions"] {
            let answer = ada.function(name, &json!({})).await.is(status);
            assert!(!answer.text().contains(SECRET_CAUSE));
            assert_eq!(answer.header("content-type"), Some("application/json"));
            assert!(answer.set_cookies().is_empty());
            assert_eq!(
                answer.header("retry-after").is_some(),
                status == 503,
                "{name}"
            );
        }
        app.store.fail(Fault::None);
    }
    assert!(ada.is_alive().await);
}
