//! A change of a thing that starts from a version of it.

use async_trait::async_trait;
use axum::http::HeaderMap;
use domain::{
    Caller,
    catalogue::{CatalogueError, CatalogueService, OwnerView},
};

use super::{conditions::Versions, resource::Resource, response};
use crate::problem::ProblemResponse;

/// How often a change that may start from several versions begins anew.
const ROUNDS: usize = 16;

/// Who wants to change which thing.
#[derive(Debug)]
pub(super) struct ChangeRequest<'a, R> {
    pub(super) service: CatalogueService<R>,
    pub(super) caller: &'a Caller,
    pub(super) id: &'a str,
}

/// What is to be done with a thing.
#[async_trait]
pub(super) trait EntityChange<R: Resource>: Send + Sync {
    /// Does it, from the version that was read.
    async fn apply(
        &self,
        place: &ChangeRequest<'_, R>,
        current: &OwnerView<R>,
    ) -> Result<OwnerView<R>, ChangeError>;
}

/// Why it was not done.
#[derive(Debug)]
pub(super) enum ChangeError {
    /// It is no longer as it was read.
    Conflict,
    /// It was refused.
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

/// Refuses what does not start from a version that is there, before anything else is looked at.
///
/// # Errors
/// 404, 428, 400; 412 with what is there now.
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

/// Makes a change, and gives what came of it.
///
/// # Errors
/// What the change is refused with; 412 with what is there when somebody else was faster.
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
