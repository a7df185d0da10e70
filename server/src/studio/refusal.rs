//! Forms that are shown again because they were refused.

use app::pages::studio::edit_page::{self, Submitted};
use axum::response::Response;
use types::{
    Problem,
    pages::studio::{EditPage, FormProblem},
};

use crate::{content::Reader, problem::Refusal};

/// Shows the page at this path, and why its form was refused.
pub(super) async fn refuse(
    reader: Reader,
    page: EditPage,
    path: String,
    submitted: Submitted,
) -> Response {
    let refusal = submitted.problem.as_ref().map(refusal_of);
    let content = edit_page::page(page, path, submitted);
    reader
        .refuse(refusal.unwrap_or_else(Refusal::unprocessable), content)
        .await
}

/// The status of a refused form. Its page says at which field something is wrong.
pub(super) fn refusal_of(problem: &FormProblem) -> Refusal {
    match problem.to_problem() {
        Problem::Invalid(_) => Refusal::unprocessable(),
        problem => problem.into(),
    }
}
