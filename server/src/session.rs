//! Sessions in cookies.
//!
//! The layer of tower-sessions wraps only routes that start or end a session. Other handlers pass the
//! cookie to the domain themselves, because the layer would turn an unreachable store into "nobody is
//! signed in".

mod authentication;
mod cookie;
mod device_cookie;
mod request_session;
mod store;

use axum::{
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::MethodRouter,
};
use tower_sessions::{SessionManagerLayer, cookie::SameSite};

use self::request_session::SessionEnded;
use self::store::DomainStore;
pub(crate) use self::{
    authentication::{Authentication, authenticate},
    cookie::SessionCookie,
    device_cookie::DeviceCookie,
    request_session::RequestSession,
};
use crate::state::AppState;

/// Lets the handlers of a route start and end sessions.
pub(crate) fn with_sessions(
    state: &AppState,
    route: MethodRouter<AppState>,
) -> MethodRouter<AppState> {
    let layer = SessionManagerLayer::new(DomainStore::new(state.domain.clone()))
        .with_name(state.cookie.name())
        .with_secure(state.cookie.is_secure())
        .with_same_site(SameSite::Lax);
    route
        .layer(layer)
        .layer(from_fn_with_state(state.clone(), normalize_cookies))
}

/// Shows the layer at most one cookie, the one that the server would accept, and completes the cookies
/// that the layer sets: tower-sessions 0.15 removes a cookie without `Secure`, which browsers ignore
/// for a `__Host-` name.
async fn normalize_cookies(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let presented = state.cookie.read_all(request.headers());
    let has_any = presented.has_any;
    request.extensions_mut().insert(presented);
    let device = state.device_cookie.read(request.headers());
    request.extensions_mut().insert(device.clone());
    state.cookie.keep_only_ours(request.headers_mut());
    let mut response = next.run(request).await;
    if has_any && response.extensions().get::<SessionEnded>().is_some() {
        state.cookie.remove(response.headers_mut());
    }
    state.cookie.complete(response.headers_mut());
    state.device_cookie.write(response.headers_mut(), &device);
    response
}
