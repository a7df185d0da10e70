//! The log line of a request.

use std::time::Instant;

use axum::{
    http::{Method, StatusCode},
    response::Response,
};
use tracing::Level;

use super::request_id::RequestId;
use crate::{problem::Outcome, router};

/// Notes how a request ended: a line for a refusal or a failure; for the rest only when somebody
/// debugs. It names the route and never the path, which can hold anything.
pub(super) fn note(
    method: &Method,
    path: &str,
    response: &Response,
    id: &RequestId,
    began: Instant,
) {
    let status = response.status();
    let Some(outcome) = response.extensions().get::<Outcome>() else {
        if tracing::enabled!(Level::DEBUG) {
            let microseconds = began.elapsed().as_micros();
            let (request_id, route) = (id.as_str(), router::name_of(path));
            tracing::debug!(
                request_id,
                method = method_name(method),
                route,
                status = status.as_u16(),
                %microseconds,
                "answered"
            );
        }
        return;
    };
    let (request_id, method, route) = (id.as_str(), method_name(method), router::name_of(path));
    let account = outcome.account.as_ref().map(|account| account.as_str());
    let (status, code) = (status, outcome.code);
    if status == StatusCode::INTERNAL_SERVER_ERROR {
        let status = status.as_u16();
        tracing::error!(request_id, method, route, status, code, account, "failed");
    } else if status.is_server_error() {
        let status = status.as_u16();
        tracing::warn!(request_id, method, route, status, code, account, "failed");
    } else {
        let status = status.as_u16();
        tracing::info!(request_id, method, route, status, code, account, "refused");
    }
}

/// A method can be any word; only the usual ones are written down.
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
