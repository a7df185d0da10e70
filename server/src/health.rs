//! Health checks for monitoring.

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

/// `GET /readyz`: the store is reachable and ready. Only the status is sent; the reason is logged.
pub(crate) async fn is_ready(State(state): State<AppState>) -> Response {
    match state.domain.ping().await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
