//! What moderators decide about retailers.

use app::pages::studio::Notice;
use axum::{extract::Path, response::Response};
use domain::catalogue::Standing;

use super::{
    desk::parts,
    thing::Retailers,
    ways::{conclude, open},
};
use crate::forms::Posted;

/// `POST /studio/retailers/{id}/approval`
pub(crate) async fn approve(path: Path<String>, posted: Posted) -> Response {
    judge(path, posted, Standing::Approved).await
}

/// `POST /studio/retailers/{id}/block`
pub(crate) async fn block(path: Path<String>, posted: Posted) -> Response {
    judge(path, posted, Standing::Blocked).await
}

/// `POST /studio/retailers/{id}/proposal`
pub(crate) async fn reopen(path: Path<String>, posted: Posted) -> Response {
    judge(path, posted, Standing::Proposed).await
}

async fn judge(Path(id): Path<String>, posted: Posted, standing: Standing) -> Response {
    let (desk, from) = match open::<Retailers>(&id, posted).await {
        Ok(open) => open,
        Err(answer) => return answer,
    };
    let (catalogue, caller) = parts(&desk.reader);
    let judged = catalogue.retailers.judge(caller, &id, from, standing).await;
    conclude(desk, judged, &id, Notice::Judged).await
}
