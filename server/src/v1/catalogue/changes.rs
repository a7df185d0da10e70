//! Updating and deleting entities.

use async_trait::async_trait;
use axum::{
    body::Body,
    extract::{Request, State},
    http::request::Parts,
    response::Response,
};
use domain::{catalogue::View, documents::Revision};

use super::{
    answer,
    asked::{self, Named},
    change::{self, Change, Failed, Place},
    patch::Patch,
    resource::Resource,
};
use crate::{
    media_type::Accepted,
    problem::{self, Refusal},
    state::AppState,
    v1::body::read_object,
};

/// `PATCH`: a merge patch (RFC 7396) of a version that `If-Match` names.
pub(crate) async fn update<R: Resource>(
    State(state): State<AppState>,
    named: Named,
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
    named: Named,
    body: Body,
) -> Result<Response, Refusal> {
    let caller = asked::signed_in(state, parts).await?;
    let place = Place {
        service: state.domain.catalogue.of(),
        caller: &caller,
        id: &asked::id::<R>(named)?,
    };
    // Preconditions count for what would be done without them, so this comes first (RFC 9110,
    // 13.2.1).
    Accepted::MergePatch.check(&parts.headers)?;
    let start = change::start::<R>(&place, &parts.headers).await?;
    let sent = read_object(parts, body, state.timeouts.body).await?;
    asked::signed_in_still(state, parts).await?;
    let changed = change::make::<R>(&place, start, &Patch::new(sent)).await?;
    Ok(answer::done::<R>("changed", &changed))
}

#[async_trait]
impl<R: Resource> Change<R> for Patch {
    async fn make(&self, place: &Place<'_, R>, current: &View<R>) -> Result<View<R>, Failed> {
        let input = self.merged::<R>(current)?;
        let from = Revision(current.revision);
        let updated = place.service.update(place.caller, place.id, from, &input);
        Ok(updated.await?)
    }
}

/// `DELETE`, of a version that `If-Match` names.
pub(crate) async fn delete<R: Resource>(
    State(state): State<AppState>,
    named: Named,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    match try_change_without_words::<R>(&state, &parts, named, ("deleted", &Deletion)).await {
        Ok(response) => response,
        Err(refusal) => problem::refuse(&state, parts, refusal).await,
    }
}

/// Makes a change that needs no words; `what` says it in the answer.
pub(super) async fn try_change_without_words<R: Resource>(
    state: &AppState,
    parts: &Parts,
    named: Named,
    (what, change): (&str, &dyn Change<R>),
) -> Result<Response, Refusal> {
    let caller = asked::signed_in(state, parts).await?;
    let place = Place {
        service: state.domain.catalogue.of(),
        caller: &caller,
        id: &asked::id::<R>(named)?,
    };
    let start = change::start::<R>(&place, &parts.headers).await?;
    let changed = change::make::<R>(&place, start, change).await?;
    Ok(answer::done::<R>(what, &changed))
}

struct Deletion;

#[async_trait]
impl<R: Resource> Change<R> for Deletion {
    async fn make(&self, place: &Place<'_, R>, current: &View<R>) -> Result<View<R>, Failed> {
        let from = Revision(current.revision);
        Ok(place.service.delete(place.caller, place.id, from).await?)
    }
}
