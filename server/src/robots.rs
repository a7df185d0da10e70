//! `robots.txt`.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};

use crate::state::AppState;

/// Prefixes of paths that are no pages, or private to an account.
const CLOSED: [&str; 6] = ["/go/", "/leave/", "/studio", "/account", "/v1", "/api"];

/// `GET /robots.txt`
pub(crate) async fn robots(State(state): State<AppState>) -> Response {
    let closed: String = CLOSED
        .iter()
        .map(|path| format!("Disallow: {path}\n"))
        .collect();
    let text = format!(
        "User-agent: *\n{closed}Allow: /\n\nSitemap: {}/sitemap.xml\n",
        state.public_url
    );
    let headers = [(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    )];
    (headers, text).into_response()
}
