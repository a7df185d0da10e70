//! What moderators decide about retailers.

use app::pages::studio::Notice;
use axum::response::Response;
use types::catalogue::ReviewStatus;

use super::{
    desk::parts,
    named::Named,
    thing::Retailers,
    ways::{conclude, open},
};
use crate::forms::{Posted, RevisionForm};

/// `POST /studio/retailers/{id}/approval`
pub(crate) async fn approve(named: Named, posted: Posted<RevisionForm>) -> Response {
    judge(named, posted, ReviewStatus::Approved).await
}

/// `POST /studio/retailers/{id}/block`
pub(crate) async fn block(named: Named, posted: Posted<RevisionForm>) -> Response {
    judge(named, posted, ReviewStatus::Blocked).await
}

/// `POST /studio/retailers/{id}/proposal`
pub(crate) async fn reopen(named: Named, posted: Posted<RevisionForm>) -> Response {
    judge(named, posted, ReviewStatus::Proposed).await
}

async fn judge(Named(id): Named, posted: Posted<RevisionForm>, status: ReviewStatus) -> Response {
    let (desk, from) = match open::<Retailers>(&id, posted).await {
        Ok(open) => open,
        Err(answer) => return answer,
    };
    let (catalogue, caller) = parts(&desk.reader);
    let judged = catalogue.retailers.judge(caller, &id, from, status).await;
    conclude(desk, judged, &id, Notice::Judged).await
}
