//! Forms without JavaScript. Each is posted to a path of its page; the handler calls the body of the
//! server function that the hydrated page would call, and redirects. A refused form is shown again
//! with its values.

mod account;
mod form_request;
#[cfg(test)]
mod tests;

use axum::{
    extract::{Request, State},
    http::Uri,
    response::Response,
};
use types::{Problem, form_body::FormBody, pages::studio::FormProblem};

pub(crate) use self::{
    account::{end_all_sessions, log_out, redirect_to_account},
    form_request::{FormRequest, FormValues},
};
use crate::{
    middleware::limits::{MAX_BODY, MAX_FORM},
    redirect::see_other,
    state::AppState,
};

/// A form and its operation.
pub(crate) trait PlainForm: FormBody + Send + Sync {
    /// The group of the form, which limits its cost.
    const AREA: FormGroup;

    /// Runs the operation of the form.
    fn run(
        &self,
        context: &FormContext<'_>,
    ) -> impl Future<Output = Result<FormOutcome, FormProblem>> + Send;

    /// The values to show again after this problem; never a password.
    fn typed(self, problem: Option<&FormProblem>) -> FormValues;
}

/// The group of a form, which limits its cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum FormGroup {
    /// A form of the account: a few short fields.
    Account,
    /// A form of the studio: long lists, and products that are looked up by name.
    Studio,
}

/// The request of a form, for the form's operation.
#[derive(Debug)]
pub(crate) struct FormContext<'a> {
    /// The context for the body of the server function.
    pub(crate) request_context: app::request_context::RequestContext,
    /// The path and query that the form was posted to.
    pub(crate) uri: &'a Uri,
}

/// The result of an accepted form.
#[derive(Debug, PartialEq)]
pub(crate) enum FormOutcome {
    /// The operation was done; redirect to this path.
    Done(String),
    /// The form asked for more empty rows; show it again without saving.
    MoreRows,
}

/// `POST` of a plain form.
pub(crate) async fn submit<F: PlainForm>(
    State(state): State<AppState>,
    request: Request,
) -> Response {
    let (request, form) = match FormRequest::read::<F>(state, request, F::AREA).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    let context = FormContext {
        request_context: request.request_context(),
        uri: request.uri(),
    };
    match form.run(&context).await {
        Ok(FormOutcome::Done(next)) => see_other(&next),
        Ok(FormOutcome::MoreRows) if request.is_signed_in() => request.show(form.typed(None)).await,
        Ok(FormOutcome::MoreRows) => {
            let problem = Problem::Unauthenticated.into();
            request.refuse(problem, form.typed(None)).await
        }
        Err(problem) => {
            let typed = form.typed(Some(&problem));
            request.refuse(problem, typed).await
        }
    }
}

impl FormGroup {
    /// Maximum size of the body in bytes.
    fn most(self, is_signed_in: bool) -> usize {
        match (self, is_signed_in) {
            (Self::Studio, true) => MAX_FORM,
            _ => MAX_BODY,
        }
    }
}

impl FormContext<'_> {
    /// The id in the path of an entity: `/studio/videos/{id}/…`. Ids are ASCII, so a percent-encoded
    /// segment matches no entity.
    pub(crate) fn id(&self) -> &str {
        self.uri.path().split('/').nth(3).unwrap_or_default()
    }
}
