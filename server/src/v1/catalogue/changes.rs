//! Updating and deleting entities.

use async_trait::async_trait;
use axum::{
    body::Body,
    extract::{Request, State},
    http::request::Parts,
    response::Response,
};
use domain::{catalogue::OwnerView, documents::Revision};

use super::{
    entity_change::{self, ChangeError, ChangeRequest, EntityChange},
    patch::Patch,
    request::{self, EntityPath},
    resource::Resource,
    response,
};
use crate::{
    media_type::BodyType,
    problem::{self, ProblemResponse},
    state::AppState,
    v1::body::read_object,
};

/// `PATCH`: applies a merge patch (RFC 7396) to the version that `If-Match` names.
pub(crate) async fn update<R: Resource>(
    State(state): State<AppState>,
    named: EntityPath,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    match try_update::<R>(&state, &parts, named, body).await {
        Ok(response) => response,
        Err(refusal) => problem::refuse(&state, parts, refusal).await,
    }
}

async fn try_update<R: Resource>(
    state: &AppState,
    parts: &Parts,
    named: EntityPath,
    body: Body,
) -> Result<Response, ProblemResponse> {
    let caller = request::require_signed_in(state, parts).await?;
    let place = ChangeRequest {
        service: state.domain.catalogue.of(),
        caller: &caller,
        id: &request::id::<R>(named)?,
    };
    // A server evaluates preconditions only if the request would succeed without them, so the
    // media type is checked before `If-Match` (RFC 9110, 13.2.1).
    BodyType::MergePatch.check(&parts.headers)?;
    let start = entity_change::start::<R>(&place, &parts.headers).await?;
    let sent = read_object(parts, body, state.timeouts.body).await?;
    request::require_still_signed_in(state, parts).await?;
    let changed = entity_change::make::<R>(&place, start, &Patch::new(sent)).await?;
    Ok(response::performed::<R>("changed", &changed))
}

#[async_trait]
impl<R: Resource> EntityChange<R> for Patch {
    async fn apply(
        &self,
        place: &ChangeRequest<'_, R>,
        current: &OwnerView<R>,
    ) -> Result<OwnerView<R>, ChangeError> {
        let input = self.merged::<R>(current)?;
        let from = Revision(current.revision);
        let updated = place.service.update(place.caller, place.id, from, &input);
        Ok(updated.await?)
    }
}

/// `DELETE`: deletes the entity at the version that `If-Match` names.
pub(crate) async fn delete<R: Resource>(
    State(state): State<AppState>,
    named: EntityPath,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    match try_change_without_body::<R>(&state, &parts, named, ("deleted", &Deletion)).await {
        Ok(response) => response,
        Err(refusal) => problem::refuse(&state, parts, refusal).await,
    }
}

/// Makes a change whose request has no body. `what` is the past participle in the message of the
/// response, such as "deleted".
pub(super) async fn try_change_without_body<R: Resource>(
    state: &AppState,
    parts: &Parts,
    named: EntityPath,
    (what, change): (&str, &dyn EntityChange<R>),
) -> Result<Response, ProblemResponse> {
    let caller = request::require_signed_in(state, parts).await?;
    let place = ChangeRequest {
        service: state.domain.catalogue.of(),
        caller: &caller,
        id: &request::id::<R>(named)?,
    };
    let start = entity_change::start::<R>(&place, &parts.headers).await?;
    let changed = entity_change::make::<R>(&place, start, change).await?;
    Ok(response::performed::<R>(what, &changed))
}

struct Deletion;

#[async_trait]
impl<R: Resource> EntityChange<R> for Deletion {
    async fn apply(
        &self,
        place: &ChangeRequest<'_, R>,
        current: &OwnerView<R>,
    ) -> Result<OwnerView<R>, ChangeError> {
        let from = Revision(current.revision);
        Ok(place.service.delete(place.caller, place.id, from).await?)
    }
}
