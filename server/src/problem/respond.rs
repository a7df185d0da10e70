//! A refusal as a response: an envelope for `/v1`, JSON for server functions, otherwise a page.

use app::server_fn_problem::ServerFnProblem;
use axum::{
    http::{HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use types::Problem;

use super::ProblemResponse;
use crate::{
    middleware::{RequestMeta, reads::ReadPermit, request_id::RequestId},
    pages::{self, PageRequest},
    session::{self, Authentication},
    state::AppState,
    v1::envelope,
};

/// Refuses a request in the format of its path.
pub(crate) async fn refuse(state: &AppState, parts: Parts, refusal: ProblemResponse) -> Response {
    let Some(meta) = parts.extensions.get::<RequestMeta>().cloned() else {
        return refuse_plainly(&parts.uri, None, &refusal);
    };
    if is_for_programs(&parts.uri) || !may_be_rendered(&parts.uri, &refusal) {
        return refuse_plainly(&parts.uri, Some(&meta.id), &refusal);
    }
    if let Err(busy) = acquire(&parts).await {
        return busy;
    }
    // The error page shows the current user if that can be known.
    let identity = session::authenticate(state, &parts).await;
    let identity = identity.unwrap_or(Authentication::anonymous(meta.source));
    let permit = parts.extensions.get().cloned();
    let page = PageRequest {
        request_id: Some(meta.id.as_str().to_owned()),
        ..PageRequest::new(parts.uri, identity, permit)
    };
    refuse_with_page(state, page, refusal).await
}

/// Waits for the slot that rendering a page takes.
///
/// # Errors
/// The response if the queue is full: 503 as a sentence.
pub(crate) async fn acquire(parts: &Parts) -> Result<(), Response> {
    let Some(permit) = parts.extensions.get::<ReadPermit>() else {
        return Ok(());
    };
    let acquired = permit.acquire().await;
    acquired.map_err(|busy| {
        let meta = parts.extensions.get::<RequestMeta>();
        refuse_plainly(&parts.uri, meta.map(|meta| &meta.id), &busy)
    })
}

/// Refuses a request with an error page instead of this page.
pub(crate) async fn refuse_with_page(
    state: &AppState,
    page: PageRequest,
    refusal: ProblemResponse,
) -> Response {
    let is_unknown = refusal.status == StatusCode::NOT_FOUND;
    let page = PageRequest {
        problem: (!is_unknown).then(|| refusal.problem.clone()),
        ..page
    };
    let mut response = pages::render(state, page).await;
    refusal.mark(&mut response);
    response
}

/// Refuses a request without rendering a page.
pub(crate) fn refuse_plainly(
    uri: &Uri,
    id: Option<&RequestId>,
    refusal: &ProblemResponse,
) -> Response {
    let id = id.map(RequestId::as_str).unwrap_or_default();
    if is_below(uri, "/v1") {
        return envelope::error(refusal, id);
    }
    let mut response = if is_below(uri, "/api") {
        refuse_call(&refusal.problem)
    } else {
        refuse_in_a_sentence(refusal)
    };
    refusal.mark(&mut response);
    response
}

fn refuse_call(problem: &Problem) -> Response {
    let json = serde_json::to_vec(&ServerFnProblem(problem.clone())).unwrap_or_default();
    let json_type = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, json_type)], json).into_response()
}

fn refuse_in_a_sentence(refusal: &ProblemResponse) -> Response {
    let text = format!("{}\n{}\n", refusal.status, refusal.message);
    text.into_response()
}

/// Whether a path is for programs, which get no pages.
pub(crate) fn is_for_programs(uri: &Uri) -> bool {
    is_below(uri, "/v1") || is_below(uri, "/api")
}

/// Whether an error page may be rendered. A request for another host gets a sentence.
fn may_be_rendered(uri: &Uri, refusal: &ProblemResponse) -> bool {
    uri.path().starts_with('/') && refusal.status != StatusCode::MISDIRECTED_REQUEST
}

fn is_below(uri: &Uri, folder: &str) -> bool {
    let rest = uri.path().strip_prefix(folder);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_says_who_asks() {
        let v1 = |text: &'static str| is_below(&Uri::from_static(text), "/v1");
        assert!(v1("/v1") && v1("/v1/") && v1("/v1/a?b"));
        assert!(!v1("/v12") && !v1("/") && !v1("/a/v1"));
    }
}
