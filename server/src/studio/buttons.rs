//! Buttons that change an entity.

use app::{
    api::studio::{changes, edit, reviews},
    pages::studio::{edit_page::Submitted, paths},
};
use axum::response::Response;
use types::{
    Problem,
    catalogue::{EntityKind, RetailerInput, ReviewStatus, Status},
    pages::studio::FormSuccess,
};

use super::{StudioInput, fail, path_id::PathId, refusal::refuse};
use crate::{
    content::Reader,
    forms::{Posted, RevisionForm},
    redirect::see_other,
};

/// `POST /studio/videos/{id}/publication`
pub(crate) async fn publish<I: StudioInput>(
    PathId(id): PathId,
    posted: Posted<RevisionForm>,
) -> Response {
    set_status::<I>(&id, posted, Status::Published).await
}

/// `POST /studio/videos/{id}/publication/end`
pub(crate) async fn withdraw<I: StudioInput>(
    PathId(id): PathId,
    posted: Posted<RevisionForm>,
) -> Response {
    set_status::<I>(&id, posted, Status::Draft).await
}

async fn set_status<I: StudioInput>(
    id: &str,
    posted: Posted<RevisionForm>,
    status: Status,
) -> Response {
    let Posted { reader, form } = posted;
    let (visit, revision) = (reader.visit(), form.revision());
    let changed = changes::ssr::set_status(&visit, I::KIND, id, revision, status).await;
    answer(reader, I::KIND, id, changed).await
}

/// `POST /studio/videos/{id}/deletion`
pub(crate) async fn delete<I: StudioInput>(
    PathId(id): PathId,
    posted: Posted<RevisionForm>,
) -> Response {
    let Posted { reader, form } = posted;
    let revision = form.revision();
    let deleted = changes::ssr::delete_entity(&reader.visit(), I::KIND, &id, revision).await;
    answer(reader, I::KIND, &id, deleted).await
}

/// `POST /studio/videos/{id}/restoration`
pub(crate) async fn restore<I: StudioInput>(
    PathId(id): PathId,
    posted: Posted<RevisionForm>,
) -> Response {
    let reader = posted.reader;
    match changes::ssr::restore_entity(&reader.visit(), I::KIND, &id).await {
        Ok(success) => see_other(&success.location),
        Err(problem) => fail(reader, problem).await,
    }
}

/// `POST /studio/retailers/{id}/approval`
pub(crate) async fn approve(PathId(id): PathId, posted: Posted<RevisionForm>) -> Response {
    review(&id, posted, ReviewStatus::Approved).await
}

/// `POST /studio/retailers/{id}/block`
pub(crate) async fn block(PathId(id): PathId, posted: Posted<RevisionForm>) -> Response {
    review(&id, posted, ReviewStatus::Blocked).await
}

/// `POST /studio/retailers/{id}/proposal`
pub(crate) async fn reopen(PathId(id): PathId, posted: Posted<RevisionForm>) -> Response {
    review(&id, posted, ReviewStatus::Proposed).await
}

async fn review(id: &str, posted: Posted<RevisionForm>, status: ReviewStatus) -> Response {
    let Posted { reader, form } = posted;
    let revision = form.revision();
    let reviewed = reviews::ssr::review_retailer(&reader.visit(), id, revision, status).await;
    answer(reader, RetailerInput::KIND, id, reviewed).await
}

/// Redirects, or shows the page as it is now and why nothing was done.
async fn answer(
    reader: Reader,
    kind: EntityKind,
    id: &str,
    answer: Result<FormSuccess, Problem>,
) -> Response {
    let problem = match answer {
        Ok(success) => return see_other(&success.location),
        Err(Problem::NotFound) => return reader.not_found().await,
        Err(problem) => problem,
    };
    let submitted = Submitted {
        problem: Some(problem.into()),
        ..Submitted::default()
    };
    match edit::ssr::read_edit_page(&reader.visit(), kind, id, &[]).await {
        Ok(page) => refuse(reader, page, paths::edit(kind, id), submitted).await,
        Err(problem) => fail(reader, problem).await,
    }
}
