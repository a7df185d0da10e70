//! Listing things, and making new ones.

use axum::{
    body::Body,
    extract::{Request, State},
    http::request::Parts,
    response::Response,
};
use serde_json::Value;

use super::{
    answer::{self, shown},
    asked,
    patch::new_thing,
    query::{Asked, Which},
    resource::Resource,
};
use crate::{
    media_type::Accepted,
    problem::{self, Refusal},
    state::AppState,
    v1::{body::read_object, envelope},
};

/// `GET`
pub(crate) async fn list<R: Resource>(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match try_list::<R>(&state, &parts).await {
        Ok(response) => response,
        Err(refusal) => problem::refuse(&state, parts, refusal).await,
    }
}

async fn try_list<R: Resource>(state: &AppState, parts: &Parts) -> Result<Response, Refusal> {
    let caller = asked::signed_in(state, parts).await?;
    let asked = Asked::read::<R>(parts.uri.query().unwrap_or_default())?;
    let service = state.domain.catalogue.of::<R>();
    let page = match asked.which {
        Which::Live => service.list(&caller, &asked.query).await?,
        Which::Deleted => service.trash(&caller, &asked.query).await?,
    };
    let things = page
        .entities
        .iter()
        .map(|view| Value::from(shown::<R>(view)));
    let next = page.next.map(|cursor| cursor.to_string());
    let things: Vec<_> = things.collect();
    Ok(envelope::listed(R::NAMES.1, &things, page.total, next))
}

/// `POST`
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
) -> Result<Response, Refusal> {
    let caller = asked::signed_in(state, parts).await?;
    Accepted::Json.check(&parts.headers)?;
    let sent = read_object(parts, body, state.timeouts.body).await?;
    asked::signed_in_still(state, parts).await?;
    let (artist, input) = new_thing::<R>(sent)?;
    let service = state.domain.catalogue.of::<R>();
    let created = service.create(&caller, artist.as_deref(), &input).await?;
    Ok(answer::created::<R>(&created))
}
