//! Methods that a path of `/v1` does not support.

use reqwest::Method;

use crate::support::{Caller, Program, SignedIn, TestApp};

const PATHS: [(&str, &str); 4] = [
    ("/v1/users/new", "POST"),
    ("/v1/auth/login", "POST"),
    ("/v1/auth/logout", "POST"),
    ("/v1/test", "GET"),
];

#[tokio::test]
async fn another_method_is_405_and_the_right_ones_are_named() {
    let app = TestApp::start().await;
    for (path, allowed) in PATHS {
        for method in [
            "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND",
        ] {
            if method == allowed {
                continue;
            }
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let answer = Program::of(&app).call(method.clone(), path).send().await;
            let message = answer.is_refusal(405, "method_not_allowed");
            assert_eq!(message, "The method is not allowed for the requested URL.");
            let allow = answer.header("allow").unwrap();
            assert!(
                allow.split(',').any(|name| name.trim() == allowed),
                "{method} {path}: {allow}"
            );
        }
    }
}

#[tokio::test]
async fn a_logout_by_get_logs_nobody_out() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for method in [Method::GET, Method::HEAD, Method::DELETE, Method::PUT] {
        ada.call(method, "/v1/auth/logout").send().await.is(405);
    }
    ada.visit("/logout").await;
    assert!(ada.is_alive().await);
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let answer = ada.call(Method::HEAD, "/v1/test").send().await.is(200);
    assert!(answer.body.is_empty());
    let length = ada.test().await.body.len().to_string();
    assert_eq!(answer.header("content-length"), Some(length.as_str()));
}
