//! What moderators say of retailers.

use async_trait::async_trait;
use axum::{
    extract::{Request, State},
    response::Response,
};
use domain::{
    catalogue::{RetailerKept, RetailerView},
    documents::Revision,
};
use types::catalogue::ReviewStatus;

use super::{
    asked::Named,
    change::{Change, Failed, Place},
    changes::try_change_without_words,
};
use crate::{problem, state::AppState};

/// `PUT …/approval`
pub(crate) async fn approve(state: State<AppState>, named: Named, request: Request) -> Response {
    judge(state, named, request, "approved", ReviewStatus::Approved).await
}

/// `DELETE …/approval`
pub(crate) async fn reopen(state: State<AppState>, named: Named, request: Request) -> Response {
    judge(state, named, request, "reopened", ReviewStatus::Proposed).await
}

/// `PUT …/block`
pub(crate) async fn block(state: State<AppState>, named: Named, request: Request) -> Response {
    judge(state, named, request, "blocked", ReviewStatus::Blocked).await
}

async fn judge(
    State(state): State<AppState>,
    named: Named,
    request: Request,
    what: &str,
    status: ReviewStatus,
) -> Response {
    let (parts, _) = request.into_parts();
    let judgement = Judgement(status);
    match try_change_without_words(&state, &parts, named, (what, &judgement)).await {
        Ok(response) => response,
        Err(refusal) => problem::refuse(&state, parts, refusal).await,
    }
}

struct Judgement(ReviewStatus);

#[async_trait]
impl Change<RetailerKept> for Judgement {
    async fn make(
        &self,
        place: &Place<'_, RetailerKept>,
        current: &RetailerView,
    ) -> Result<RetailerView, Failed> {
        let from = Revision(current.revision);
        let judged = place
            .service
            .set_review_status(place.caller, place.id, from, self.0);
        Ok(judged.await?)
    }
}
