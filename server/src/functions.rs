//! Server functions: public endpoints that pages call.

use app::visit::Visit;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header, request::Parts},
    response::{IntoResponse, Response},
};
use leptos::{prelude::provide_context, server_fn::axum::server_fn_paths};
use types::Problem;

use crate::{
    media_type::Accepted,
    middleware::{
        limits::{MAX_BODY, read_body},
        reads::ReadPermit,
    },
    not_found_delay::NotFoundDelay,
    problem::{self, Refusal},
    session::Carried,
    state::AppState,
};

/// The build that a page belongs to.
const BUILD: HeaderName = HeaderName::from_static("x-inspired-build");

/// The functions that read what a page shows stand below this path. Each takes the place in the queue
/// that its page would take.
const READS: &str = "/api/read/";

/// `POST /api/…`
pub(crate) async fn call(State(state): State<AppState>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let carried = Carried::new(&state, Some(&parts));
    let body = match check_and_read(&state, &parts, body).await {
        Ok(body) => body,
        Err(refusal) => return problem::refuse(&state, parts, refusal).await,
    };
    let not_found_delay = NotFoundDelay::start();
    let visit = match carried.visit(&state, &parts).await {
        Ok(visit) => visit,
        Err(problem) => return problem::refuse(&state, parts, problem.into()).await,
    };
    // Asked for HTML, Leptos would send people back with the error in the URL.
    let json = HeaderValue::from_static("application/json");
    parts.headers.insert(header::ACCEPT, json);
    parts.headers.remove(header::REFERER);
    let response = run(&carried, visit, Request::from_parts(parts, body)).await;
    if carried.is_refused(&Problem::NotFound) {
        not_found_delay.wait().await;
    }
    response
}

/// Which server function a path names.
pub(crate) fn name_of(path: &str) -> Option<&'static str> {
    let mut functions = server_fn_paths();
    let (known, _) = functions.find(|(known, method)| *known == path && method == Method::POST)?;
    Some(known)
}

async fn check_and_read(state: &AppState, parts: &Parts, body: Body) -> Result<Body, Refusal> {
    check(state, parts)?;
    let body = read_body(parts, body, MAX_BODY, state.timeouts.body).await?;
    let permit = parts.extensions.get::<ReadPermit>();
    if let Some(permit) = permit.filter(|_| parts.uri.path().starts_with(READS)) {
        permit.acquire().await?;
    }
    Ok(Body::from(body))
}

fn check(state: &AppState, parts: &Parts) -> Result<(), Refusal> {
    if name_of(parts.uri.path()).is_none() {
        return Err(Refusal::not_found());
    }
    Accepted::Json.check(&parts.headers)?;
    if !is_of_this_build(&parts.headers, &state.page_assets.build) {
        return Err(Problem::StalePage.into());
    }
    Ok(())
}

fn is_of_this_build(headers: &HeaderMap, build: &str) -> bool {
    headers.get(BUILD).is_some_and(|value| value == build)
}

async fn run(carried: &Carried, visit: Visit, request: Request) -> Response {
    let uri = request.uri().clone();
    let context = move || provide_context(visit.clone());
    let answer = leptos_axum::handle_server_fns_with_context(context, request).await;
    let mut response = answer.into_response();
    if let Some(refusal) = carried.refusal() {
        refusal.mark(&mut response);
    } else if response.status().is_server_error() {
        // The function was never called: its input is not what it takes. server_fn calls that a
        // failure of ours.
        response = problem::refuse_plainly(&uri, None, &Problem::Malformed.into());
    }
    carried.finish(&mut response);
    response
}
