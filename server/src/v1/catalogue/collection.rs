//! Listing and creating entities.

use axum::{
    body::Body,
    extract::{Request, State},
    http::request::Parts,
    response::Response,
};
use serde_json::Value;

use super::{
    entity_list_params::{EntityListParams, ListedEntities},
    patch::new_entity,
    request,
    resource::Resource,
    response::{self, to_json},
};
use crate::{
    media_type::BodyType,
    problem::{self, ProblemResponse},
    state::AppState,
    v1::{body::read_object, envelope},
};

/// `GET`: a page of the caller's entities, or of the trash.
pub(crate) async fn list<R: Resource>(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match try_list::<R>(&state, &parts).await {
        Ok(response) => response,
        Err(refusal) => problem::refuse(&state, parts, refusal).await,
    }
}

async fn try_list<R: Resource>(
    state: &AppState,
    parts: &Parts,
) -> Result<Response, ProblemResponse> {
    let caller = request::require_signed_in(state, parts).await?;
    let asked = EntityListParams::read::<R>(parts.uri.query().unwrap_or_default())?;
    let service = state.domain.catalogue.of::<R>();
    let page = match asked.which {
        ListedEntities::Live => service.list(&caller, &asked.query).await?,
        ListedEntities::Deleted => service.trash(&caller, &asked.query).await?,
    };
    let entities = page
        .entities
        .iter()
        .map(|view| Value::from(to_json::<R>(view)));
    let next = page.next.map(|cursor| cursor.to_string());
    let entities: Vec<_> = entities.collect();
    Ok(envelope::list(R::NAMES.1, &entities, page.total, next))
}

/// `POST`: creates an entity; 201 with its `Location`.
pub(crate) async fn create<R: Resource>(
    State(state): State<AppState>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    match try_create::<R>(&state, &parts, body).await {
        Ok(response) => response,
        Err(refusal) => problem::refuse(&state, parts, refusal).await,
    }
}

async fn try_create<R: Resource>(
    state: &AppState,
    parts: &Parts,
    body: Body,
) -> Result<Response, ProblemResponse> {
    let caller = request::require_signed_in(state, parts).await?;
    BodyType::Json.check(&parts.headers)?;
    let sent = read_object(parts, body, state.timeouts.body).await?;
    request::require_still_signed_in(state, parts).await?;
    let (artist, input) = new_entity::<R>(sent)?;
    let service = state.domain.catalogue.of::<R>();
    let created = service.create(&caller, artist.as_deref(), &input).await?;
    Ok(response::created::<R>(&created))
}
