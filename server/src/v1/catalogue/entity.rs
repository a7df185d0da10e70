//! Reading and restoring an entity.

use axum::{
    extract::{Request, State},
    http::request::Parts,
    response::Response,
};
use domain::catalogue::CatalogueError;
use types::Problem;

use super::{
    conditions::Versions,
    request::{self, EntityPath},
    resource::Resource,
    response,
};
use crate::{
    problem::{self, ProblemResponse},
    state::AppState,
};

/// `GET`: the entity, or 304 if `If-None-Match` names its current version.
pub(crate) async fn get_entity<R: Resource>(
    State(state): State<AppState>,
    named: EntityPath,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    match try_get_entity::<R>(&state, &parts, named).await {
        Ok(response) => response,
        Err(refusal) => problem::refuse(&state, parts, refusal).await,
    }
}

async fn try_get_entity<R: Resource>(
    state: &AppState,
    parts: &Parts,
    named: EntityPath,
) -> Result<Response, ProblemResponse> {
    let caller = request::require_signed_in(state, parts).await?;
    let id = request::id::<R>(named)?;
    let view = state.domain.catalogue.of::<R>().get(&caller, &id).await?;
    if Versions::had(&parts.headers).include(view.revision) {
        return Ok(response::not_modified(view.revision));
    }
    Ok(response::entity_response::<R>(R::NAMES.0, &view))
}

/// `POST …/restoration`: restores a deleted entity; one that is not deleted stays the same.
pub(crate) async fn restore<R: Resource>(
    State(state): State<AppState>,
    named: EntityPath,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    match try_restore::<R>(&state, &parts, named).await {
        Ok(response) => response,
        Err(refusal) => problem::refuse(&state, parts, refusal).await,
    }
}

async fn try_restore<R: Resource>(
    state: &AppState,
    parts: &Parts,
    named: EntityPath,
) -> Result<Response, ProblemResponse> {
    let caller = request::require_signed_in(state, parts).await?;
    let id = request::id::<R>(named)?;
    let service = state.domain.catalogue.of::<R>();
    let restored = service.restore(&caller, &id).await?;
    Ok(response::performed::<R>("restored", &restored))
}

impl From<CatalogueError> for ProblemResponse {
    fn from(error: CatalogueError) -> Self {
        Problem::from(error).into()
    }
}
