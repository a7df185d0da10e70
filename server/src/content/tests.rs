use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{StatusCode, header},
    routing::get,
};
use domain::{Domain, Settings, Source, clock::SystemClock};
use leptos::prelude::IntoAny as _;
use testbed::Place;
use tower::ServiceExt as _;

use super::*;
use crate::{
    capacity::Capacity,
    config::{public_url::PublicUrl, trusted_proxies::TrustedProxies},
    forms::Posted,
    middleware::body_budget::BodyBudget,
    source_names::SourceNames,
    state::Shared,
    timeouts::Timeouts,
};

const FORM: &str = "application/x-www-form-urlencoded";

/// Handlers as those of the studio are.
async fn show(reader: Reader) -> Response {
    reader.show(sheet()).await
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct TitleForm {
    title: String,
}

impl types::form_body::FormBody for TitleForm {}

async fn save(posted: Posted<TitleForm>) -> Response {
    let Posted { reader, form } = posted;
    let is_nobody = matches!(reader.caller(), Caller::Anonymous(_));
    if is_nobody && app::is_protected(reader.uri.path()) {
        return reader
            .refuse(Problem::Unauthenticated.into(), sheet())
            .await;
    }
    match form.title.as_str() {
        "" => reader.refuse(Refusal::unprocessable(), sheet()).await,
        "nothing" => reader.not_found().await,
        "old" => reader.refuse(Problem::Moved.into(), sheet()).await,
        _ => crate::redirect::see_other("/studio"),
    }
}

fn sheet() -> Content {
    Content::new("Edit", || "the form, as it was typed".into_any())
}

pub(crate) async fn state(place: &Place) -> AppState {
    pages::prepare();
    let documents = place.open(&domain::collections()).await;
    let search = place.open_search().await;
    let clock = Arc::new(SystemClock);
    let domain = Domain::new(Settings::default(), documents, search, clock).unwrap();
    let url = PublicUrl::loopback(3000);
    let proxies = TrustedProxies::default();
    Arc::new(Shared::new(
        Arc::new(domain),
        url,
        proxies,
        (Timeouts::default(), Capacity::default()),
        SourceNames::None,
    ))
}

pub(crate) fn request(method: &str, path: &str, body: impl Into<Body>) -> Request {
    let mut request = Request::new(body.into());
    *request.method_mut() = method.parse().unwrap();
    *request.uri_mut() = path.parse().unwrap();
    let source = Source::new([127, 0, 0, 1].into());
    let lease = BodyBudget::new(usize::MAX, usize::MAX).lease(source);
    let arrival = Arrival::new(source, request.headers());
    request.extensions_mut().insert(arrival);
    request.extensions_mut().insert(lease);
    let headers = request.headers_mut();
    headers.insert(header::CONTENT_TYPE, FORM.parse().unwrap());
    request
}

async fn ask(request: Request) -> Response {
    let place = Place::fresh();
    let state = state(&place).await;
    let service = get(show).post(save).with_state(state);
    service.oneshot(request).await.unwrap()
}

async fn html(response: Response) -> String {
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

#[tokio::test]
async fn nobody_sees_a_page_of_the_studio() {
    let response = ask(request("GET", "/studio/videos/1?a=b", Body::empty())).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let location = &response.headers()[header::LOCATION];
    assert_eq!(location, "/login?next=%2Fstudio%2Fvideos%2F1%3Fa%3Db");
    assert_eq!(html(response).await, "");
}

#[tokio::test]
async fn a_form_that_is_sent_after_the_session_ended_comes_back_as_it_was_typed() {
    let response = ask(request("POST", "/studio/videos/1", "title=A")).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert!(!response.headers().contains_key(header::CACHE_CONTROL));
    let html = html(response).await;
    assert!(html.contains("the form, as it was typed"), "{html}");
    assert!(html.contains("Please check: Edit"), "{html}");
}

#[tokio::test]
async fn a_form_is_answered_by_its_own_page_with_the_status_of_the_refusal() {
    for (body, status) in [
        ("title=", StatusCode::UNPROCESSABLE_ENTITY),
        ("title=old", StatusCode::PRECONDITION_FAILED),
    ] {
        let response = ask(request("POST", "/videos/1", body)).await;
        assert_eq!(response.status(), status);
        assert!(!response.headers().contains_key(header::CACHE_CONTROL));
        assert!(html(response).await.contains("the form, as it was typed"));
    }
    let response = ask(request("POST", "/videos/1", "title=A")).await;
    assert_eq!(response.headers()[header::LOCATION], "/studio");
    let response = ask(request("POST", "/videos/1", "title=nothing")).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert!(html(response).await.contains("Nothing is pinned here"));
}

#[tokio::test]
async fn what_is_no_form_or_too_large_is_refused_before_anything_is_done() {
    for (kind, body, status) in [
        (
            "text/plain",
            "title=A".to_owned(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (FORM, "a".repeat(524_289), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let mut request = request("POST", "/studio", body);
        let headers = request.headers_mut();
        headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
        assert_eq!(ask(request).await.status(), status, "{kind}");
    }
}
