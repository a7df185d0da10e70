//! A change of a thing that starts from a version of it.

use async_trait::async_trait;
use axum::http::HeaderMap;
use domain::{
    Caller,
    catalogue::{CatalogueError, CatalogueService, View},
};

use super::{answer, conditions::Versions, resource::Resource};
use crate::problem::Refusal;

/// How often a change that may start from several versions begins anew.
const ROUNDS: usize = 16;

/// Who wants to change which thing.
#[derive(Debug)]
pub(super) struct Place<'a, R> {
    pub(super) service: CatalogueService<R>,
    pub(super) caller: &'a Caller,
    pub(super) id: &'a str,
}

/// What is to be done with a thing.
#[async_trait]
pub(super) trait Change<R: Resource>: Send + Sync {
    /// Does it, from the version that was read.
    async fn make(&self, place: &Place<'_, R>, current: &View<R>) -> Result<View<R>, Failed>;
}

/// Why it was not done.
#[derive(Debug)]
pub(super) enum Failed {
    /// It is no longer as it was read.
    Moved,
    /// It was refused.
    Refused(Box<Refusal>),
}

impl From<CatalogueError> for Failed {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::Moved => Self::Moved,
            error => Refusal::from(error).into(),
        }
    }
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// Refuses what does not start from a version that is there, before anything else is looked at.
///
/// # Errors
/// 404, 428, 400; 412 with what is there now.
pub(super) async fn start<R: Resource>(
    place: &Place<'_, R>,
    headers: &HeaderMap,
) -> Result<(Versions, View<R>), Refusal> {
    let current = place.service.get(place.caller, place.id).await?;
    let versions = Versions::to_change(headers)?;
    if !versions.allow(current.revision) {
        return Err(answer::moved::<R>(&current));
    }
    Ok((versions, current))
}

/// Makes a change, and gives what came of it.
///
/// # Errors
/// What the change is refused with; 412 with what is there when somebody else was faster.
pub(super) async fn make<R: Resource>(
    place: &Place<'_, R>,
    (versions, mut current): (Versions, View<R>),
    change: &dyn Change<R>,
) -> Result<View<R>, Refusal> {
    for _ in 0..ROUNDS {
        match change.make(place, &current).await {
            Ok(changed) => return Ok(changed),
            Err(Failed::Refused(refusal)) => return Err(*refusal),
            Err(Failed::Moved) => {}
        }
        current = place.service.get(place.caller, place.id).await?;
        if !versions.allow(current.revision) {
            break;
        }
    }
    Err(answer::moved::<R>(&current))
}
