//! The id in the path of a page.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::Response,
};

use crate::{content::Reader, state::AppState};

/// The id in the path of a page. Bytes that are no text are the id of nothing.
#[derive(Clone, Debug)]
pub(crate) struct PathId(pub(crate) String);

impl FromRequestParts<AppState> for PathId {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(id)) => Ok(Self(id)),
            Err(_) => {
                let reader = Reader::from_request_parts(parts, state).await?;
                Err(reader.not_found().await)
            }
        }
    }
}
