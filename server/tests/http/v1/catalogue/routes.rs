//! Properties that all routes of the catalogue share.

use reqwest::Method;
use server::router::catalogue::ROUTES;

use crate::support::{
    Anonymous, Caller, Program, SignedIn, TestApp,
    catalogue::{Catalogue, KINDS},
};

const METHODS: [&str; 8] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND",
];

fn method(name: &str) -> Method {
    Method::from_bytes(name.as_bytes()).unwrap()
}

#[tokio::test]
async fn a_route_has_the_methods_that_it_lists_and_no_others() {
    let app = TestApp::start().await;
    let nobody = Program::of(&app);
    for (path, methods) in ROUTES {
        for name in METHODS {
            let answer = nobody.call(method(name), path).send().await;
            if methods.contains(&name) || name == "HEAD" && methods.contains(&"GET") {
                assert_eq!(answer.status, 401, "{name} {path}");
            } else {
                assert_eq!(answer.status, 405, "{name} {path}");
                let allow = answer.header("allow").unwrap();
                assert!(
                    methods.iter().all(|method| allow.contains(method)),
                    "{allow}"
                );
            }
        }
    }
}

#[tokio::test]
async fn nothing_is_changed_for_another_site() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for (path, methods) in ROUTES {
        let path = path.replace("{id}", artist.id());
        for name in methods.iter().filter(|name| **name != "GET") {
            for (header, value) in [
                ("origin", "https://x.example"),
                ("sec-fetch-site", "cross-site"),
            ] {
                let call = Program::of(&app).call(method(name), &path);
                let call = call.cookie(&ada.cookie).header("if-match", "*");
                let answer = call
                    .header(header, value)
                    .json(&serde_json::json!({"name": "Eve"}));
                answer.send().await.is_refusal(403, "cross_site");
            }
        }
    }
    assert_eq!(
        ada.read(&artist.path).await.is(200).json()["data"],
        artist.data
    );
    assert_eq!(ada.read("/v1/artists").await.is(200).json()["total"], 1);
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in KINDS {
        let entity = ada.entity(kind, &artist, "Thing").await;
        let head = ada.call(Method::HEAD, &entity.path).send().await.is(200);
        assert!(head.body.is_empty());
        assert_eq!(head.header("etag"), Some(entity.tag().as_str()));
    }
}

#[tokio::test]
async fn a_visitor_is_told_nothing_and_gets_no_cookie() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let nobody = Anonymous::of(&app);
    let there = nobody.read(&artist.path).await;
    there.is_refusal(401, "unauthorized");
    assert!(there.set_cookies().is_empty());
    let nowhere = nobody.read("/v1/artists/art_x").await;
    assert_eq!(there.fingerprint(), nowhere.fingerprint());
    let unreadable = nobody.post("/v1/artists").body("{").send().await;
    unreadable.is_refusal(401, "unauthorized");
}
