//! Reading a thing, and taking its deletion back.

use axum::{
    extract::{Request, State},
    http::request::Parts,
    response::Response,
};
use domain::catalogue::CatalogueError;
use types::Problem;

use super::{
    answer,
    asked::{self, Named},
    conditions::Versions,
    resource::Resource,
};
use crate::{
    problem::{self, Refusal},
    state::AppState,
};

/// `GET`
pub(crate) async fn show<R: Resource>(
    State(state): State<AppState>,
    named: Named,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    match try_show::<R>(&state, &parts, named).await {
        Ok(response) => response,
        Err(refusal) => problem::refuse(&state, parts, refusal).await,
    }
}

async fn try_show<R: Resource>(
    state: &AppState,
    parts: &Parts,
    named: Named,
) -> Result<Response, Refusal> {
    let caller = asked::signed_in(state, parts).await?;
    let id = asked::id::<R>(named)?;
    let view = state.domain.catalogue.of::<R>().get(&caller, &id).await?;
    if Versions::had(&parts.headers).include(view.revision) {
        return Ok(answer::not_modified(view.revision));
    }
    Ok(answer::thing::<R>(R::NAMES.0, &view))
}

/// `POST …/restoration`; of a thing that is not deleted it changes nothing.
pub(crate) async fn restore<R: Resource>(
    State(state): State<AppState>,
    named: Named,
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
    named: Named,
) -> Result<Response, Refusal> {
    let caller = asked::signed_in(state, parts).await?;
    let id = asked::id::<R>(named)?;
    let service = state.domain.catalogue.of::<R>();
    let restored = service.restore(&caller, &id).await?;
    Ok(answer::done::<R>("restored", &restored))
}

impl From<CatalogueError> for Refusal {
    fn from(error: CatalogueError) -> Self {
        Problem::from(error).into()
    }
}
