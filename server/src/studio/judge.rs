//! What moderators decide about retailers.

use app::pages::studio::Notice;
use axum::response::Response;
use domain::catalogue::Standing;

use super::{
    desk::parts,
    named::Named,
    thing::Retailers,
    ways::{conclude, open},
};
use crate::forms::Posted;

/// `POST /studio/retailers/{id}/approval`
pub(crate) async fn approve(named: Named, posted: Posted) -> Response {
    judge(named, posted, Standing::Approved).await
}

/// `POST /studio/retailers/{id}/block`
pub(crate) async fn block(named: Named, posted: Posted) -> Response {
    judge(named, posted, Standing::Blocked).await
}

/// `POST /studio/retailers/{id}/proposal`
pub(crate) async fn reopen(named: Named, posted: Posted) -> Response {
    judge(named, posted, Standing::Proposed).await
}

async fn judge(Named(id): Named, posted: Posted, standing: Standing) -> Response {
    let (desk, from) = match open::<Retailers>(&id, posted).await {
        Ok(open) => open,
        Err(answer) => return answer,
    };
    let (catalogue, caller) = parts(&desk.reader);
    let judged = catalogue.retailers.judge(caller, &id, from, standing).await;
    conclude(desk, judged, &id, Notice::Judged).await
}
