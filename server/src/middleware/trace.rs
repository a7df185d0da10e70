//! The log line of a request.

use std::time::Instant;

use axum::{
    http::{Method, StatusCode},
    response::Response,
};
use tracing::{Level, Span, field::Empty};

use super::RequestMeta;
use crate::{problem::RefusalCode, router, source_names::SourceNames};

/// A request that was answered.
#[derive(Debug)]
pub(super) struct AnsweredRequest<'a> {
    pub(super) method: &'a Method,
    pub(super) path: &'a str,
    pub(super) meta: &'a RequestMeta,
    pub(super) began: Instant,
}

/// The span of a request: every log line within has its ids, its source, and the account once it is
/// known.
pub(super) fn span(meta: &RequestMeta, names: &SourceNames) -> Span {
    tracing::info_span!(
        "request",
        request_id = meta.id.as_str(),
        client_request_id = meta.client_id.as_ref().map(|id| id.as_str()),
        source = names.name(meta.source),
        account = Empty,
    )
}

/// Logs how a request ended: refusals and failures always, other requests at debug level. The line has
/// the name of the route and never the path, which may contain personal data.
pub(super) fn log(request: &AnsweredRequest<'_>, response: &Response, names: &SourceNames) {
    let outcome = response.extensions().get::<RefusalCode>();
    if outcome.is_none() && !tracing::enabled!(Level::DEBUG) {
        return;
    }
    let meta = request.meta;
    let request_id = meta.id.as_str();
    let client_request_id = meta.client_id.as_ref().map(|id| id.as_str());
    let source = names.name(meta.source);
    let account = meta.account().map(|account| account.as_str());
    let (method, route) = (method_name(request.method), router::name_of(request.path));
    let failure = response.status();
    let status = failure.as_u16();
    let Some(RefusalCode { code }) = outcome else {
        let microseconds = request.began.elapsed().as_micros();
        tracing::debug!(
            request_id,
            client_request_id,
            source,
            account,
            method,
            route,
            status,
            %microseconds,
            "answered"
        );
        return;
    };
    if failure == StatusCode::INTERNAL_SERVER_ERROR {
        tracing::error!(
            request_id,
            client_request_id,
            source,
            account,
            method,
            route,
            status,
            code,
            "failed"
        );
    } else if failure.is_server_error() {
        tracing::warn!(
            request_id,
            client_request_id,
            source,
            account,
            method,
            route,
            status,
            code,
            "failed"
        );
    } else {
        tracing::info!(
            request_id,
            client_request_id,
            source,
            account,
            method,
            route,
            status,
            code,
            "refused"
        );
    }
}

/// Names the usual methods only, because a method can be any token.
fn method_name(method: &Method) -> &str {
    match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::PATCH
        | Method::DELETE
        | Method::OPTIONS => method.as_str(),
        _ => "other",
    }
}
