//! Health, for whoever watches the server.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::state::AppState;

/// `GET /healthz`: the process is alive.
pub(crate) async fn is_alive() -> &'static str {
    "ok"
}

/// `GET /readyz`: the store can be reached and is ready. The status says it all; why not is for
/// the log.
pub(crate) async fn is_ready(State(state): State<AppState>) -> Response {
    match state.domain.ping().await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
