//! The caller of a request, and the id in its path.

use axum::{
    extract::{Path, rejection::PathRejection},
    http::request::Parts,
};
use domain::Caller;
use types::Problem;

use super::resource::Resource;
use crate::{problem::ProblemResponse, session::authenticate, state::AppState};

/// The `{id}` of a path; a rejection if it is not UTF-8.
pub(super) type EntityPath = Result<Path<String>, PathRejection>;

/// The signed-in caller. Call it first: without a session the response is 401 whether the entity
/// exists or not.
///
/// # Errors
/// 401 without a session, 503 if it cannot be resolved.
pub(super) async fn require_signed_in(
    state: &AppState,
    parts: &Parts,
) -> Result<Caller, ProblemResponse> {
    let authentication = authenticate(state, parts).await?;
    match authentication.caller {
        Caller::Anonymous(_) => Err(Problem::Unauthenticated.into()),
        caller @ (Caller::SignedIn { .. } | Caller::System) => Ok(caller),
    }
}

/// Checks again that the caller is signed in, because the session can end while a slow body arrives.
///
/// # Errors
/// As [`require_signed_in`].
pub(super) async fn require_still_signed_in(
    state: &AppState,
    parts: &Parts,
) -> Result<(), ProblemResponse> {
    require_signed_in(state, parts).await.map(drop)
}

/// The id in a path.
///
/// # Errors
/// 404 if it is not UTF-8 or has not the form of an id of this kind.
pub(super) fn id<R: Resource>(named: EntityPath) -> Result<String, ProblemResponse> {
    match named {
        Ok(Path(id)) if R::is_id(&id) => Ok(id),
        Ok(_) | Err(_) => Err(ProblemResponse::not_found()),
    }
}
