//! Responses with an entity.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::catalogue::OwnerView;
use serde_json::{Map, Value};

use super::{conditions::tag, resource::Resource};
use crate::{
    problem::{CurrentVersion, ProblemResponse},
    v1::envelope,
};

/// 200 with the entity, and its revision as `ETag`.
pub(super) fn entity_response<R: Resource>(message: &str, view: &OwnerView<R>) -> Response {
    let mut response = envelope::success_with(message, &Value::from(to_json::<R>(view)));
    let headers = response.headers_mut();
    headers.insert(header::ETAG, tag(view.revision));
    response
}

/// [`entity_response`] with a message such as "'Ada' changed successfully!"; `what` is the
/// participle.
pub(super) fn performed<R: Resource>(what: &str, view: &OwnerView<R>) -> Response {
    let message = format!("'{}' {what} successfully!", view.content.name());
    entity_response::<R>(&message, view)
}

/// 201 with the new entity, its `ETag` and its `Location`.
pub(super) fn created<R: Resource>(view: &OwnerView<R>) -> Response {
    let mut response = performed::<R>("added", view);
    *response.status_mut() = StatusCode::CREATED;
    if let Ok(location) = HeaderValue::try_from(format!("{}/{}", R::PATH, view.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// 304 with the `ETag`.
pub(super) fn not_modified(revision: u64) -> Response {
    (StatusCode::NOT_MODIFIED, [(header::ETAG, tag(revision))]).into_response()
}

/// 412 with the current entity and its `ETag`.
pub(super) fn conflict<R: Resource>(view: &OwnerView<R>) -> ProblemResponse {
    ProblemResponse::conflict(CurrentVersion {
        data: to_json::<R>(view).into(),
        tag: tag(view.revision),
    })
}

/// The JSON of an entity: its content, and the members that the server sets.
pub(super) fn to_json<R: Resource>(view: &OwnerView<R>) -> Map<String, Value> {
    let mut shown = view.content.to_json_members();
    let mut say = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    say("id", view.id.clone().into());
    say("revision", view.revision.into());
    say("slug", view.slug.clone().into());
    say("created_at", view.created_at.clone().into());
    say("updated_at", view.updated_at.clone().into());
    say("deleted_at", view.deleted_at.clone().into());
    if let Some(parent) = R::PARENT {
        let is_known = !view.parent.is_empty();
        say(parent, is_known.then(|| view.parent.clone()).into());
    }
    shown
}
