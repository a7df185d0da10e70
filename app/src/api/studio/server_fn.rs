//! Runs the server functions of the studio, with helpers for their bodies.

use domain::{Caller, catalogue::Catalogue};
use types::{
    Problem,
    pages::studio::{FormProblem, FormSuccess, Notice},
};

use crate::{
    api::sessions,
    request_context::RequestContext,
    server_fn_problem::{ServerFnFormProblem, ServerFnProblem},
};

/// Runs the body of a server function for a signed-in user; without one the problem is
/// [`Problem::Unauthenticated`].
pub(super) async fn run<T>(
    body: impl AsyncFnOnce(RequestContext) -> Result<T, Problem>,
) -> Result<T, ServerFnProblem> {
    sessions::ssr::answer(async |context| match context.current_user {
        Some(_) => body(context).await,
        None => Err(Problem::Unauthenticated),
    })
    .await
}

/// Like [`run`], for the server function of a form.
pub(super) async fn run_form<T, P: Into<FormProblem>>(
    body: impl AsyncFnOnce(RequestContext) -> Result<T, P>,
) -> Result<T, ServerFnFormProblem> {
    let context = RequestContext::current()?;
    let session = context.session.clone();
    let answer = match context.current_user {
        Some(_) => body(context).await.map_err(Into::into),
        None => Err(Problem::Unauthenticated.into()),
    };
    answer.map_err(|problem| {
        session.refuse(&problem.to_problem());
        ServerFnFormProblem(problem)
    })
}

/// The catalogue and the caller of a request.
pub(super) fn catalogue(context: &RequestContext) -> (&Catalogue, &Caller) {
    (&context.domain.catalogue, &context.caller)
}

/// The success of a form: a redirect to `path`, with the notice in its query.
pub(super) fn success(path: &str, notice: Notice) -> FormSuccess {
    FormSuccess {
        location: [path, "?", notice.name()].concat(),
        notice: Some(notice),
    }
}
