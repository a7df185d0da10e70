//! Requests as the middleware passes them on, for unit tests.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, header},
};
use domain::{ClientNetwork, Domain, DomainSettings, clock::SystemClock};
use testbed::TestStore;

use crate::{
    capacity::Capacity,
    config::{public_url::PublicUrl, trusted_proxies::TrustedProxies},
    middleware::{RequestMeta, body_budget::BodyBudget},
    pages,
    source_names::SourceNames,
    state::{AppState, ServerState},
    timeouts::Timeouts,
};

/// The state of a server on an empty store.
pub(crate) async fn state(place: &TestStore) -> AppState {
    pages::init_executor();
    let documents = place.open(&domain::collections()).await;
    let search = place.open_search().await;
    let clock = Arc::new(SystemClock);
    let domain = Domain::new(DomainSettings::default(), documents, search, clock).unwrap();
    let url = PublicUrl::loopback(3000);
    let proxies = TrustedProxies::default();
    Arc::new(ServerState::new(
        Arc::new(domain),
        url,
        proxies,
        (Timeouts::default(), Capacity::default()),
        SourceNames::None,
    ))
}

/// A request with the body of a form.
pub(crate) fn request(method: &str, path: &str, body: impl Into<Body>) -> Request {
    let mut request = Request::new(body.into());
    *request.method_mut() = method.parse().unwrap();
    *request.uri_mut() = path.parse().unwrap();
    let source = ClientNetwork::new([127, 0, 0, 1].into());
    let lease = BodyBudget::new(usize::MAX, usize::MAX).lease(source);
    let meta = RequestMeta::new(source, request.headers());
    request.extensions_mut().insert(meta);
    request.extensions_mut().insert(lease);
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    request.headers_mut().insert(header::CONTENT_TYPE, form);
    request
}
