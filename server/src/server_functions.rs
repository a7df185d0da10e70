//! Server functions: the endpoints that hydrated pages call.

mod json_values;

use app::{request_context::RequestContext, server_fn_problem::ServerFnFormProblem};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header, request::Parts},
    response::{IntoResponse, Response},
};
use leptos::{
    prelude::{FromServerFnError as _, provide_context},
    server_fn::axum::server_fn_paths,
};
use types::{Problem, pages::studio::FormProblem};

use crate::{
    media_type::BodyType,
    middleware::{
        limits::{MAX_BODY, MAX_FORM, read_body},
        reads::ReadPermit,
    },
    not_found_delay::NotFoundDelay,
    problem::{self, ProblemResponse},
    session::{RequestSession, authenticate},
    state::AppState,
};

/// The header with the build of the page.
const BUILD_HEADER: HeaderName = HeaderName::from_static("x-inspired-build");

/// Path prefix of functions that read the model of a page. Each takes a slot of the queue of reads,
/// like the page.
const READ_PREFIX: &str = "/api/read/";

/// Path prefix of functions for forms of the studio. Their bodies may be as large as those of plain
/// forms, and they take a slot, too, because they look up products by name.
const STUDIO_PREFIX: &str = "/api/studio/";

/// `POST /api/…`
pub(crate) async fn call(State(state): State<AppState>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let session = RequestSession::new(&state, Some(&parts));
    let body = match check_and_read(&state, &parts, body).await {
        Ok(body) => body,
        Err(refusal) => return problem::refuse(&state, parts, refusal).await,
    };
    let not_found_delay = NotFoundDelay::start();
    let request_context = match session.request_context(&state, &parts).await {
        Ok(request_context) => request_context,
        Err(problem) => return problem::refuse(&state, parts, problem.into()).await,
    };
    // If the client accepted HTML, Leptos would redirect to the `Referer` with the error in the URL.
    let json = HeaderValue::from_static("application/json");
    parts.headers.insert(header::ACCEPT, json);
    parts.headers.remove(header::REFERER);
    let response = run(&session, request_context, Request::from_parts(parts, body)).await;
    if session.has_reported(&Problem::NotFound) {
        not_found_delay.wait().await;
    }
    response
}

/// The registered path of a server function, if this is one.
pub(crate) fn name_of(path: &str) -> Option<&'static str> {
    let mut functions = server_fn_paths();
    let (known, _) = functions.find(|(known, method)| *known == path && method == Method::POST)?;
    Some(known)
}

async fn check_and_read(
    state: &AppState,
    parts: &Parts,
    body: Body,
) -> Result<Body, ProblemResponse> {
    check(state, parts)?;
    let path = parts.uri.path();
    let (is_read, is_form) = (
        path.starts_with(READ_PREFIX),
        path.starts_with(STUDIO_PREFIX),
    );
    let most = match is_form {
        true => max_form(state, parts).await?,
        false => MAX_BODY,
    };
    let body = read_body(parts, body, most, state.timeouts.body).await?;
    if is_form && json_values::has_too_many_values(&body) {
        return Err(ProblemResponse::too_large());
    }
    let permit = parts.extensions.get::<ReadPermit>();
    if let Some(permit) = permit.filter(|_| is_read || is_form) {
        permit.acquire().await?;
    }
    Ok(Body::from(body))
}

/// Maximum size of a form of the studio in bytes. The sender is identified again after the body was
/// read, because a session can end while a slow body arrives.
async fn max_form(state: &AppState, parts: &Parts) -> Result<usize, Problem> {
    Ok(match authenticate(state, parts).await?.current_user {
        Some(_) => MAX_FORM,
        None => MAX_BODY,
    })
}

fn check(state: &AppState, parts: &Parts) -> Result<(), ProblemResponse> {
    if name_of(parts.uri.path()).is_none() {
        return Err(ProblemResponse::not_found());
    }
    BodyType::Json.check(&parts.headers)?;
    if !is_of_this_build(&parts.headers, &state.page_assets.build) {
        return Err(Problem::StalePage.into());
    }
    Ok(())
}

fn is_of_this_build(headers: &HeaderMap, build: &str) -> bool {
    headers
        .get(BUILD_HEADER)
        .is_some_and(|value| value == build)
}

async fn run(
    session: &RequestSession,
    request_context: RequestContext,
    request: Request,
) -> Response {
    let uri = request.uri().clone();
    let context = move || provide_context(request_context.clone());
    let answer = leptos_axum::handle_server_fns_with_context(context, request).await;
    let mut response = answer.into_response();
    if let Some(refusal) = session.problem_response() {
        refusal.mark(&mut response);
    } else if response.status().is_server_error() {
        let problem = unreported_problem(response.into_body()).await;
        response = problem::refuse_plainly(&uri, None, &problem.into());
    }
    session.add_session_headers(&mut response);
    response
}

/// The problem of a server error for which no body has reported one. Either the function did not run
/// because its input is malformed, which `server_fn` reports as a server error; or it ran without its
/// request context (leptos#4698) and returned [`Problem::Internal`].
async fn unreported_problem(body: Body) -> Problem {
    let bytes = to_bytes(body, MAX_BODY).await.unwrap_or_default();
    match ServerFnFormProblem::de(bytes).0 {
        FormProblem::Problem(Problem::Internal) => Problem::Internal,
        _ => Problem::Malformed,
    }
}

#[cfg(test)]
mod tests {
    use app::server_fn_problem::ServerFnProblem;
    use axum::http::StatusCode;
    use domain::ClientNetwork;
    use futures::FutureExt as _;
    use testbed::TestStore;

    use super::*;
    use crate::test_requests::{request, state};

    const SOURCE: [u8; 4] = [192, 0, 2, 1];

    /// A call of a function as the middleware passes it on.
    async fn answer(state: &AppState, path: &str, permit: &ReadPermit) -> StatusCode {
        let mut request = request("POST", path, "{}");
        let headers = request.headers_mut();
        let json = HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, json);
        let build = HeaderValue::try_from(&state.page_assets.build).unwrap();
        headers.insert(BUILD_HEADER, build);
        request.extensions_mut().insert(permit.clone());
        call(State(state.clone()), request).await.status()
    }

    #[tokio::test]
    async fn a_function_that_did_not_find_its_request_is_a_failure_of_ours() {
        let place = TestStore::fresh();
        let state = state(&place).await;
        let home = app::api::public::home().await;
        assert_eq!(home, Err(ServerFnProblem(Problem::Internal)));
        let form = types::pages::studio::FormProblem::from(Problem::Internal);
        for failure in [
            serde_json::to_vec(&ServerFnProblem(Problem::Internal)).unwrap(),
            serde_json::to_vec(&ServerFnFormProblem(form)).unwrap(),
        ] {
            assert_eq!(
                unreported_problem(Body::from(failure)).await,
                Problem::Internal
            );
        }
        for other in [Problem::Malformed, Problem::StalePage] {
            let failure = serde_json::to_vec(&ServerFnProblem(other)).unwrap();
            assert_eq!(
                unreported_problem(Body::from(failure)).await,
                Problem::Malformed
            );
        }
        let permit = state.reads.permit(ClientNetwork::new(SOURCE.into()));
        let status = answer(&state, "/api/read/leave", &permit).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }

    #[tokio::test]
    async fn a_function_of_a_page_takes_the_place_of_the_page_and_no_other_takes_one() {
        let place = TestStore::fresh();
        let state = state(&place).await;
        let permit = || state.reads.permit(ClientNetwork::new(SOURCE.into()));
        let mut places = Vec::new();
        let mut waiting = Vec::new();
        loop {
            let permit = permit();
            let waiter = permit.clone();
            let mut acquiring = Box::pin(async move { waiter.acquire().await });
            match acquiring.as_mut().now_or_never() {
                Some(Ok(())) => places.push(permit),
                None => waiting.push(acquiring),
                Some(Err(_)) => break,
            }
        }
        assert!(!places.is_empty() && !waiting.is_empty());
        let busy = StatusCode::SERVICE_UNAVAILABLE;
        assert_eq!(answer(&state, "/api/read/leave", &permit()).await, busy);
        assert_eq!(answer(&state, "/api/studio/update", &permit()).await, busy);
        let permit = permit();
        let status = answer(&state, "/api/current_visitor", &permit).await;
        assert_eq!(status, StatusCode::OK);
        // A request has one slot, however often it needs one.
        let status = answer(&state, "/api/read/home", &places[0]).await;
        assert_eq!(status, StatusCode::OK);
    }
}
