//! A change of an entity that starts from a version in `If-Match`.

use async_trait::async_trait;
use axum::http::HeaderMap;
use domain::{
    Caller,
    catalogue::{CatalogueError, CatalogueService, OwnerView},
};

use super::{conditions::Versions, resource::Resource, response};
use crate::problem::ProblemResponse;

/// Maximum number of attempts of a change whose `If-Match` names several versions.
const ROUNDS: usize = 16;

/// The caller, and the id of the entity to change.
#[derive(Debug)]
pub(super) struct ChangeRequest<'a, R> {
    pub(super) service: CatalogueService<R>,
    pub(super) caller: &'a Caller,
    pub(super) id: &'a str,
}

/// A change of an entity: an update, a deletion or a review status.
#[async_trait]
pub(super) trait EntityChange<R: Resource>: Send + Sync {
    /// Makes the change. `current` is the version that was read.
    async fn apply(
        &self,
        place: &ChangeRequest<'_, R>,
        current: &OwnerView<R>,
    ) -> Result<OwnerView<R>, ChangeError>;
}

/// Why a change was not made.
#[derive(Debug)]
pub(super) enum ChangeError {
    /// The entity was changed after it was read.
    Conflict,
    /// The change was refused.
    Refused(Box<ProblemResponse>),
}

impl From<CatalogueError> for ChangeError {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::Conflict => Self::Conflict,
            error => ProblemResponse::from(error).into(),
        }
    }
}

impl From<ProblemResponse> for ChangeError {
    fn from(refusal: ProblemResponse) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// Reads the entity and evaluates `If-Match`, before the body is read.
///
/// # Errors
/// 404 for an unknown entity, 428 without `If-Match`, 400 if it is malformed; 412 with the current
/// version if it does not match.
pub(super) async fn start<R: Resource>(
    place: &ChangeRequest<'_, R>,
    headers: &HeaderMap,
) -> Result<(Versions, OwnerView<R>), ProblemResponse> {
    let current = place.service.get(place.caller, place.id).await?;
    let versions = Versions::to_change(headers)?;
    if !versions.allow(current.revision) {
        return Err(response::conflict::<R>(&current));
    }
    Ok((versions, current))
}

/// Makes a change; returns the changed entity. After a conflict it reads the entity again and
/// repeats the change as long as the new version is in `If-Match`.
///
/// # Errors
/// Those of the change; 412 with the current version if a concurrent change has won.
pub(super) async fn make<R: Resource>(
    place: &ChangeRequest<'_, R>,
    (versions, mut current): (Versions, OwnerView<R>),
    change: &dyn EntityChange<R>,
) -> Result<OwnerView<R>, ProblemResponse> {
    for _ in 0..ROUNDS {
        match change.apply(place, &current).await {
            Ok(changed) => return Ok(changed),
            Err(ChangeError::Refused(refusal)) => return Err(*refusal),
            Err(ChangeError::Conflict) => {}
        }
        current = place.service.get(place.caller, place.id).await?;
        if !versions.allow(current.revision) {
            break;
        }
    }
    Err(response::conflict::<R>(&current))
}
