//! Server-side rendering of pages.

use std::sync::Arc;

use app::{
    page::{PageState, RefusedForm},
    query::QueryString,
    request_context::{Redirect, RequestContext},
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, Uri, header, request::Parts},
    response::Response,
};
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use tokio::time::timeout;
use types::{NextPath, Problem, pages::studio::SubmittedForm};

use crate::{
    middleware::{RequestMeta, reads::ReadPermit},
    not_found_delay::NotFoundDelay,
    problem::{self, ProblemResponse},
    redirect::{permanent, see_other, to_approved_host},
    session::{self, Authentication, RequestSession},
    state::AppState,
};

/// Seconds in `Retry-After` if a page took too long.
const RETRY_AFTER: u32 = 5;

/// A path that no page has.
const UNROUTED_PATH: &str = "/not-found";

/// A page to render.
#[derive(Clone, Debug)]
pub(crate) struct PageRequest {
    /// Path and query of the page.
    pub(crate) uri: Uri,
    /// The caller and the current user.
    pub(crate) authentication: Authentication,
    /// A refused form of the account, shown again.
    pub(crate) refused: Option<RefusedForm>,
    /// A submitted form of the studio, shown again.
    pub(crate) submitted: Option<SubmittedForm>,
    /// The problem that an error page shows instead of the page.
    pub(crate) problem: Option<Problem>,
    /// The id of the request, for the error page.
    pub(crate) request_id: Option<String>,
    /// The slot of the page in the queue of reads, held until it is rendered.
    pub(crate) permit: Option<ReadPermit>,
}

impl PageRequest {
    pub(crate) fn new(
        uri: Uri,
        authentication: Authentication,
        permit: Option<ReadPermit>,
    ) -> Self {
        Self {
            uri,
            authentication,
            refused: None,
            submitted: None,
            problem: None,
            request_id: None,
            permit,
        }
    }
}

/// Makes Leptos use this tokio runtime. A second call fails, which does not matter.
pub(crate) fn init_executor() {
    let _ = any_spawner::Executor::init_tokio();
}

/// Renders the page at a path; the fallback of the router.
pub(crate) async fn show(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        return refuse_method(&state, parts).await;
    }
    if problem::is_for_programs(&parts.uri) {
        return problem::refuse(&state, parts, ProblemResponse::not_found()).await;
    }
    let not_found_delay = NotFoundDelay::start();
    let authentication = match session::authenticate(&state, &parts).await {
        Ok(authentication) => authentication,
        Err(problem) => return problem::refuse(&state, parts, problem.into()).await,
    };
    if let Some(elsewhere) = guard(&parts.uri, &authentication) {
        return elsewhere;
    }
    let meta: Option<&RequestMeta> = parts.extensions.get();
    let permit = parts.extensions.get().cloned();
    let page = PageRequest {
        request_id: meta.map(|meta| meta.id.as_str().to_owned()),
        ..PageRequest::new(parts.uri.clone(), authentication, permit)
    };
    let response = render(&state, page).await;
    if problem::is_not_found(&response) {
        not_found_delay.wait().await;
    }
    response
}

/// The redirect for a caller who may not see the page at this path.
fn guard(uri: &Uri, authentication: &Authentication) -> Option<Response> {
    let is_signed_in = authentication.current_user.is_some();
    if app::is_protected(uri.path()) && !is_signed_in {
        return Some(redirect_to_login(uri));
    }
    if app::is_for_visitors_only(uri.path()) && is_signed_in {
        return Some(see_other(next_path(uri).as_str()));
    }
    None
}

/// Renders a whole page before the response begins. So the status is known, the length is sent, and a
/// client that disconnects cannot dispose the reactive owner in the middle (leptos#4698). The views
/// set the status while they read their model.
pub(crate) async fn render(state: &AppState, page: PageRequest) -> Response {
    let mut in_trouble = PageRequest {
        refused: None,
        submitted: None,
        ..page.clone()
    };
    let is_in_trouble = page.problem.is_some();
    let refusal = match render_in_time(state, page).await {
        Ok((response, session)) => {
            match session.redirect_target() {
                Some(Redirect::Permanent(address)) => return permanent(&address),
                Some(Redirect::ToApprovedHost(url)) => return to_approved_host(&url),
                None => {}
            }
            let Some(refusal) = session.problem_response() else {
                return response;
            };
            if refusal.problem == Problem::NotFound || is_in_trouble {
                return with_status(response, &refusal);
            }
            refusal
        }
        Err(problem) if problem == Problem::Internal || is_in_trouble => {
            return plain_problem(problem);
        }
        Err(problem) => problem.into(),
    };
    in_trouble.problem = Some(refusal.problem.clone());
    match render_in_time(state, in_trouble).await {
        Ok((response, _)) => with_status(response, &refusal),
        Err(problem) => plain_problem(problem),
    }
}

fn with_status(mut response: Response, refusal: &ProblemResponse) -> Response {
    refusal.mark(&mut response);
    response
}

/// Renders a page in a task of its own, so that a client that disconnects does not cancel it. The task
/// holds the slot of the page and has a time limit.
///
/// # Errors
/// [`Problem::Unavailable`] if it takes too long, [`Problem::Internal`].
async fn render_in_time(
    state: &AppState,
    page: PageRequest,
) -> Result<(Response, Arc<RequestSession>), Problem> {
    let is_personal = page.authentication.current_user.is_some()
        || page.refused.is_some()
        || page.submitted.is_some();
    let is_failed = page.problem.is_some();
    let permit = page.permit.clone();
    let rendering = timeout(state.timeouts.render, render_whole(state.clone(), page));
    let rendering = tokio::spawn(async move {
        let rendered = rendering.await;
        drop(permit);
        rendered
    });
    let (mut response, session) = match rendering.await {
        Ok(Ok(Some(rendered))) => rendered,
        Ok(Err(_)) => {
            tracing::warn!("a page took too long");
            return Err(Problem::Unavailable(RETRY_AFTER));
        }
        Ok(Ok(None)) | Err(_) => {
            tracing::error!("a page could not be rendered");
            return Err(Problem::Internal);
        }
    };
    let headers = response.headers_mut();
    if !is_personal && !is_failed {
        let cache = HeaderValue::from_static("private, no-cache");
        headers.insert(header::CACHE_CONTROL, cache);
    }
    headers.insert(header::VARY, HeaderValue::from_static("Cookie"));
    Ok((response, session))
}

async fn render_whole(
    state: AppState,
    page: PageRequest,
) -> Option<(Response, Arc<RequestSession>)> {
    // The page gets only path and query of the request, so that nothing else can end up in the HTML.
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = match app::is_routed_as_it_stands(page.uri.path()) {
        true => page.uri.clone(),
        false => Uri::from_static(UNROUTED_PATH),
    };
    let settings = state.domain.settings();
    let page_state = PageState {
        current_user: page.authentication.current_user.as_deref().cloned(),
        origin: state.public_url.to_string(),
        password: settings.password,
        signup: settings.signup,
        refused_form: page.refused,
        problem: page.problem,
        request_id: page.request_id,
    };
    let session = RequestSession::new(&state, None);
    let request_context: RequestContext = session.request_context_for(&state, page.authentication);
    let contexts = move || {
        if let Some(submitted) = page.submitted.clone() {
            provide_context(submitted);
        }
        provide_context(page_state.clone());
        provide_context(state.page_assets.clone());
        if let Some(options) = state.cargo_leptos.clone() {
            provide_context(options);
        }
        provide_context(request_context.clone());
        set_page_policy(&state);
    };
    let render = leptos_axum::render_app_async_with_context(contexts, app::shell);
    let (parts, body) = render(request).await.into_parts();
    let body = to_bytes(body, usize::MAX).await.ok()?;
    Some((Response::from_parts(parts, Body::from(body)), session))
}

/// Sets the content security policy, which allows only scripts with this page's nonce.
fn set_page_policy(state: &AppState) {
    let nonce = leptos::nonce::use_nonce();
    if let (Some(nonce), Some(options)) = (nonce, use_context::<ResponseOptions>()) {
        let policy = state.page_policy.to_header(&nonce);
        options.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// The path in `next` of the query, for after the log-in.
pub(crate) fn next_path(uri: &Uri) -> NextPath {
    let query = QueryString::of(uri.query().unwrap_or_default());
    app::after_log_in(&query.text("next"))
}

/// Redirects to the log-in page, which leads back afterwards.
pub(crate) fn redirect_to_login(uri: &Uri) -> Response {
    let wanted = uri.path_and_query().map_or("/", |wanted| wanted.as_str());
    see_other(&format!(
        "/login?next={}",
        NextPath::of_address(wanted).encoded()
    ))
}

async fn refuse_method(state: &AppState, parts: Parts) -> Response {
    if !app::is_page(parts.uri.path()) {
        return problem::refuse(state, parts, ProblemResponse::not_found()).await;
    }
    let mut response = problem::refuse(state, parts, ProblemResponse::method_not_allowed()).await;
    let methods = HeaderValue::from_static("GET,HEAD");
    response.headers_mut().insert(header::ALLOW, methods);
    response
}

fn plain_problem(problem: Problem) -> Response {
    let refusal = ProblemResponse::from(problem);
    problem::refuse_plainly(&Uri::from_static("/"), None, &refusal)
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::*;

    fn location(response: &Response) -> &str {
        response.headers()[header::LOCATION].to_str().unwrap()
    }

    #[test]
    fn a_protected_page_is_remembered() {
        let response = redirect_to_login(&Uri::from_static("/studio"));
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(location(&response), "/login?next=%2Fstudio");
        let response = redirect_to_login(&Uri::from_static("/studio?a=b&c"));
        assert_eq!(location(&response), "/login?next=%2Fstudio%3Fa%3Db%26c");
    }

    #[test]
    fn only_our_own_paths_are_returned_to() {
        for (uri, path) in [
            ("/login?next=%2Faccount", "/account"),
            ("/login?next=%2F%2Fevil.example", "/studio"),
            ("/login?next=https%3A%2F%2Fevil.example", "/studio"),
            ("/login?next=%2Fa&next=%2Fb", "/a"),
            ("/login?next=%2Flogin%3Fnext%3D%252Flogin", "/studio"),
            ("/login?next=%2Fsignup%23x", "/studio"),
            ("/login", "/studio"),
        ] {
            assert_eq!(next_path(&Uri::from_static(uri)).as_str(), path);
        }
    }
}
