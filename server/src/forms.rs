//! Forms without JavaScript: each is sent to a path of its own page, calls the body of the server
//! function that the page calls when its program is there, and redirects. A refused one comes back with
//! what was typed.

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
    account::{end_all_sessions, lead_to_account, log_out},
    form_request::{FormRequest, Typed},
};
use crate::{
    middleware::limits::{MAX_BODY, MAX_FORM},
    redirect::see_other,
    state::AppState,
};

/// A form, and what is done with it.
pub(crate) trait PlainForm: FormBody + Send + Sync {
    /// Where the form belongs.
    const AREA: Area;

    /// Does what the form is for.
    fn run(
        &self,
        context: &FormContext<'_>,
    ) -> impl Future<Output = Result<Outcome, FormProblem>> + Send;

    /// What is shown again when it is refused for this; never a password.
    fn typed(self, problem: Option<&FormProblem>) -> Typed;
}

/// Where a form belongs, which decides how much it may cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Area {
    /// The account: a few short fields.
    Account,
    /// The studio: long lists, and products that are looked for by their names.
    Studio,
}

/// A form as its body takes it.
#[derive(Debug)]
pub(crate) struct FormContext<'a> {
    /// Who sent it.
    pub(crate) visit: app::visit::Visit,
    /// Where to.
    pub(crate) uri: &'a Uri,
}

/// A form was accepted.
#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    /// What it is for is done, and the page at this path follows.
    Done(String),
    /// Nothing is to be done: the page is wanted again, with more empty rows.
    MoreRows,
}

/// `POST` of a form.
pub(crate) async fn submit<F: PlainForm>(
    State(state): State<AppState>,
    request: Request,
) -> Response {
    let (request, form) = match FormRequest::read::<F>(state, request, F::AREA).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    let context = FormContext {
        visit: request.visit(),
        uri: request.uri(),
    };
    match form.run(&context).await {
        Ok(Outcome::Done(next)) => see_other(&next),
        Ok(Outcome::MoreRows) if request.is_signed_in() => request.show(form.typed(None)).await,
        Ok(Outcome::MoreRows) => {
            let problem = Problem::Unauthenticated.into();
            request.refuse(problem, form.typed(None)).await
        }
        Err(problem) => {
            let typed = form.typed(Some(&problem));
            request.refuse(problem, typed).await
        }
    }
}

impl Area {
    /// Maximum size of a form, in bytes.
    fn most(self, is_signed_in: bool) -> usize {
        match (self, is_signed_in) {
            (Self::Studio, true) => MAX_FORM,
            _ => MAX_BODY,
        }
    }
}

impl FormContext<'_> {
    /// The id in the path of an entity: `/studio/videos/{id}/…`. Ids are ASCII, so one that is encoded is
    /// that of nothing.
    pub(crate) fn id(&self) -> &str {
        self.uri.path().split('/').nth(3).unwrap_or_default()
    }
}
