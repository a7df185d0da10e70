//! Who asks, and for which thing.

use axum::{
    extract::{Path, rejection::PathRejection},
    http::request::Parts,
};
use domain::Caller;
use types::Problem;

use super::resource::Resource;
use crate::{problem::ProblemResponse, session::authenticate, state::AppState};

/// The part of a path that is the id of an entity. A path that is not UTF-8 names no entity.
pub(super) type EntityPath = Result<Path<String>, PathRejection>;

/// The signed-in caller. A request without a session learns nothing, not even that an entity is
/// missing.
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

/// Refuses who is not signed in any more: a session can end while a slow body arrives.
pub(super) async fn require_still_signed_in(
    state: &AppState,
    parts: &Parts,
) -> Result<(), ProblemResponse> {
    require_signed_in(state, parts).await.map(drop)
}

/// The id that a path names.
pub(super) fn id<R: Resource>(named: EntityPath) -> Result<String, ProblemResponse> {
    match named {
        Ok(Path(id)) if R::is_id(&id) => Ok(id),
        Ok(_) | Err(_) => Err(ProblemResponse::not_found()),
    }
}
