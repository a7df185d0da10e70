//! The only list of routes, but for the pages, which stand in `app`.

use axum::{
    Router,
    extract::{Request, State},
    response::Response,
    routing::{get, post},
};

use crate::{
    assets, forms, functions, health, pages,
    problem::{self, Refusal},
    session::carry,
    site::SITE,
    state::AppState,
    v1,
};

/// All routes. Whatever is not among them is a page, or is not there.
pub(crate) fn routes(state: &AppState) -> Router {
    let mut router = Router::new()
        // Forms without JavaScript.
        .route("/login", carry(state, post(forms::log_in)).get(pages::show))
        .route(
            "/signup",
            carry(state, post(forms::sign_up)).get(pages::show),
        )
        .route("/logout", carry(state, post(forms::log_out)))
        .route("/account", post(forms::change_names).get(pages::show))
        .route(
            "/account/sessions/end",
            carry(state, post(forms::end_all_sessions)),
        )
        // Server functions.
        .route("/api/{*name}", carry(state, post(functions::call)))
        // Programs.
        .route("/v1/users/new", post(v1::users::create))
        .route("/v1/auth/login", carry(state, post(v1::auth::log_in)))
        .route("/v1/auth/logout", carry(state, post(v1::auth::log_out)))
        .route("/v1/test", get(v1::test::show))
        // Health.
        .route("/healthz", get(health::is_alive))
        .route("/readyz", get(health::is_ready));
    for file in SITE.files {
        router = router.route(file.path, get(assets::show));
    }
    router
        .fallback(pages::show)
        .method_not_allowed_fallback(refuse_method)
        .with_state(state.clone())
}

/// What the log calls the route of a path. A path can hold anything, the name of a route cannot.
pub(crate) fn name_of(path: &str) -> &'static str {
    const NAMES: [&str; 13] = [
        "/login",
        "/signup",
        "/logout",
        "/account",
        "/account/sessions/end",
        "/v1/users/new",
        "/v1/auth/login",
        "/v1/auth/logout",
        "/v1/test",
        "/healthz",
        "/readyz",
        "/studio",
        "/",
    ];
    let known = NAMES.iter().find(|name| **name == path).copied();
    match known.or_else(|| functions::name_of(path)) {
        Some(name) => name,
        None if path.starts_with("/assets/") => "/assets/…",
        None if path.starts_with("/v1/") => "/v1/…",
        None => "…",
    }
}

async fn refuse_method(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    problem::refuse(&state, parts, Refusal::method_not_allowed()).await
}
