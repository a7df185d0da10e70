//! The declared media type of bodies: accepted, or refused with a header that names what is.

use reqwest::Method;
use serde_json::json;

use crate::support::{
    Anonymous, Caller, PASSWORD, Program, SignedIn, TestApp,
    callers::build,
    catalogue::{Catalogue, KINDS},
    raw::exchange,
};

const FORM: &str = "application/x-www-form-urlencoded";
const PATCHES: &str = "application/merge-patch+json, application/json";

/// Media types other than JSON and a form in UTF-8.
const OTHERS: [&str; 9] = [
    "application/xml",
    "text/plain",
    "text/json",
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "application/json; charset=iso-8859-1",
    "application/json; charset=utf-16",
    "application/x-www-form-urlencoded; charset=windows-1252",
    "",
];

#[tokio::test]
async fn a_type_that_a_program_may_not_send_is_answered_with_those_that_it_may() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in KINDS {
        let entity = ada.entity(kind, &artist, "Thing").await;
        for other in OTHERS
            .into_iter()
            .chain([FORM, "application/json-patch+json"])
        {
            // The media type is checked before `If-Match`.
            let patch = ada
                .call(Method::PATCH, &entity.path)
                .header("content-type", other);
            let answer = patch.body(r#"{"name":"x"}"#).send().await;
            answer.is_refusal(415, "unsupported_media_type");
            assert_eq!(answer.header("accept-patch"), Some(PATCHES), "{other}");
        }
        for other in OTHERS.into_iter().chain([FORM]) {
            let post = ada
                .post(&format!("/v1/{kind}"))
                .header("content-type", other);
            let answer = post.body("{}").send().await;
            answer.is_refusal(415, "unsupported_media_type");
            assert_eq!(
                answer.header("accept-post"),
                Some("application/json"),
                "{other}"
            );
        }
        let twice = ada.call(Method::PATCH, &entity.path);
        let twice = twice.header("content-type", "application/json");
        let twice = twice.header("content-type", "application/xml").body("{}");
        twice.send().await.is_refusal(415, "unsupported_media_type");
    }
}

/// The contract of this route fixes its status; the response still names the accepted type.
#[tokio::test]
async fn a_sign_up_of_another_type_is_400_and_one_in_another_charset_415() {
    let app = TestApp::start().await;
    let post = |kind: &'static str| {
        let call = Program::of(&app).post("/v1/users/new");
        call.header("content-type", kind).body("{}").send()
    };
    let answer = post("application/xml").await;
    answer.is_refusal(400, "bad_request");
    assert_eq!(answer.header("accept-post"), Some("application/json"));
    let answer = post("application/json; charset=latin1").await;
    answer.is_refusal(415, "unsupported_media_type");
    let login = Program::of(&app).post("/v1/auth/login");
    let answer = login
        .header("content-type", "text/xml")
        .body("{}")
        .send()
        .await;
    answer.is_refusal(415, "unsupported_media_type");
    assert_eq!(answer.header("accept-post"), Some("application/json"));
}

#[tokio::test]
async fn a_form_of_another_type_is_told_so_and_does_nothing() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let body = format!("email_address=ada%40example.org&password={PASSWORD}&name=Ada");
    for path in [
        "/login",
        "/signup",
        "/account",
        "/studio",
        "/studio/artists/new",
    ] {
        for other in OTHERS.into_iter().chain(["application/json"]) {
            let call = ada.post(path).header("content-type", other);
            let answer = call.body(body.clone()).send().await.is(415);
            assert_eq!(answer.header("accept-post"), Some(FORM), "{path} {other}");
            assert!(answer.page().contains("We could not read that"));
        }
    }
    let name = "/api/log_in";
    for other in OTHERS.into_iter().chain([FORM]) {
        let call = Anonymous::of(&app)
            .post(name)
            .header("x-inspired-build", build());
        let answer = call
            .header("content-type", other)
            .body("{}")
            .send()
            .await
            .is(415);
        assert_eq!(
            answer.header("accept-post"),
            Some("application/json"),
            "{other}"
        );
        assert_eq!(answer.json(), json!("malformed"));
    }
    let html = ada.visit("/studio/artists").await.page();
    assert!(html.contains("No artist yet"), "{html}");
}

/// RFC 9110, 5.6.6.
#[tokio::test]
async fn blanks_around_a_semicolon_are_part_of_no_type() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for blank in ["", " ", "\t", " \t "] {
        let json = format!("application/json{blank};{blank}charset=utf-8");
        let patch = ada
            .call(Method::PATCH, &artist.path)
            .header("if-match", "*");
        let patch = patch.header("content-type", &json).body(r#"{"bio":"x"}"#);
        patch.send().await.is(200);
        let body = json!({"email_address": "ada@example.org", "password": PASSWORD});
        let login = Program::of(&app)
            .post("/v1/auth/login")
            .header("content-type", &json);
        login.body(body.to_string()).send().await.is(200);
        let form = format!("{FORM}{blank};{blank}charset=utf-8");
        let login = Anonymous::of(&app)
            .post("/login")
            .header("content-type", &form);
        let body = format!("email_address=ada%40example.org&password={PASSWORD}");
        login.body(body).send().await.is(303);
    }
}

#[tokio::test]
async fn what_is_packed_is_refused_wherever_it_is_sent() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let restoration = format!("{}/restoration", artist.path);
    for (method, path, kind) in [
        (Method::POST, "/v1/users/new", "application/json"),
        (Method::POST, "/v1/auth/login", "application/json"),
        (Method::POST, "/v1/auth/logout", "application/json"),
        (Method::POST, "/v1/artists", "application/json"),
        (Method::PATCH, artist.path.as_str(), "application/json"),
        (Method::DELETE, artist.path.as_str(), "application/json"),
        (Method::POST, restoration.as_str(), "application/json"),
        (Method::POST, "/api/log_in", "application/json"),
        (Method::POST, "/login", FORM),
        (Method::POST, "/logout", FORM),
        (Method::POST, "/studio/artists/new", FORM),
    ] {
        for coding in ["gzip", "br", "deflate", "identity, gzip"] {
            let call = ada.call(method.clone(), path).header("if-match", "*");
            let call = call.header("content-type", kind);
            let call = call.header("x-inspired-build", build());
            let call = call.header("content-encoding", coding).body("{}");
            let answer = call.send().await.is(415);
            assert_eq!(
                answer.header("accept-encoding"),
                Some("identity"),
                "{path} {coding}"
            );
        }
        let part = ada
            .call(method.clone(), path)
            .header("content-range", "bytes 0-1/9");
        part.body("{}").send().await.is(400);
    }
    assert!(ada.is_alive().await);
    let plain = ada
        .call(Method::PATCH, &artist.path)
        .header("if-match", "*");
    let plain = plain.header("content-encoding", "identity");
    plain.json(&json!({"bio": "x"})).send().await.is(200);
}

#[tokio::test]
async fn a_transfer_coding_that_nobody_unpacks_is_501() {
    let app = TestApp::start().await;
    let host = app.url.split("://").nth(1).unwrap();
    let head = format!(
        "POST /v1/auth/login HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n"
    );
    assert_eq!(exchange(app.address, head).await.status(), 501);
}
