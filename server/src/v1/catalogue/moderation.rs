//! Decisions of moderators about retailers.

use async_trait::async_trait;
use axum::{
    extract::{Request, State},
    response::Response,
};
use domain::{
    catalogue::{RetailerState, RetailerView},
    documents::Revision,
};
use types::catalogue::ReviewStatus;

use super::{
    changes::try_change_without_body,
    entity_change::{ChangeError, ChangeRequest, EntityChange},
    request::EntityPath,
};
use crate::{problem, state::AppState};

/// `PUT …/approval`: approves a retailer.
pub(crate) async fn approve(
    state: State<AppState>,
    named: EntityPath,
    request: Request,
) -> Response {
    set_review_status(state, named, request, "approved", ReviewStatus::Approved).await
}

/// `DELETE …/approval`: makes a retailer a proposal again.
pub(crate) async fn reopen(
    state: State<AppState>,
    named: EntityPath,
    request: Request,
) -> Response {
    set_review_status(state, named, request, "reopened", ReviewStatus::Proposed).await
}

/// `PUT …/block`: blocks a retailer.
pub(crate) async fn block(state: State<AppState>, named: EntityPath, request: Request) -> Response {
    set_review_status(state, named, request, "blocked", ReviewStatus::Blocked).await
}

async fn set_review_status(
    State(state): State<AppState>,
    named: EntityPath,
    request: Request,
    what: &str,
    status: ReviewStatus,
) -> Response {
    let (parts, _) = request.into_parts();
    let judgement = ReviewStatusChange(status);
    match try_change_without_body(&state, &parts, named, (what, &judgement)).await {
        Ok(response) => response,
        Err(refusal) => problem::refuse(&state, parts, refusal).await,
    }
}

struct ReviewStatusChange(ReviewStatus);

#[async_trait]
impl EntityChange<RetailerState> for ReviewStatusChange {
    async fn apply(
        &self,
        place: &ChangeRequest<'_, RetailerState>,
        current: &RetailerView,
    ) -> Result<RetailerView, ChangeError> {
        let from = Revision(current.revision);
        let judged = place
            .service
            .set_review_status(place.caller, place.id, from, self.0);
        Ok(judged.await?)
    }
}
