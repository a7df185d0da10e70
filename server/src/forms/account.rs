//! The plain forms of the account pages.

use app::{
    api::{accounts, sessions},
    page::AccountFormValues as Fields,
};
use axum::{
    extract::{Request, State},
    http::Uri,
    response::Response,
};
use types::{LogIn, NameChange, Problem, SignUp, pages::studio::FormProblem};

use super::{FormContext, FormGroup, FormOutcome, FormRequest, FormValues, PlainForm};
use crate::{
    pages::{next_path, redirect_to_login},
    problem,
    redirect::see_other,
    session::RequestSession,
    state::AppState,
};

impl PlainForm for LogIn {
    const AREA: FormGroup = FormGroup::Account;

    async fn run(&self, context: &FormContext<'_>) -> Result<FormOutcome, FormProblem> {
        sessions::ssr::log_in(&context.request_context, self).await?;
        Ok(redirect_after_login(context.uri))
    }

    fn typed(self, _: Option<&FormProblem>) -> FormValues {
        FormValues::Account(Fields {
            remember: self.is_remembered(),
            email_address: self.email_address,
            ..Fields::default()
        })
    }
}

impl PlainForm for SignUp {
    const AREA: FormGroup = FormGroup::Account;

    async fn run(&self, context: &FormContext<'_>) -> Result<FormOutcome, FormProblem> {
        accounts::ssr::sign_up(&context.request_context, self).await?;
        Ok(redirect_after_login(context.uri))
    }

    fn typed(self, _: Option<&FormProblem>) -> FormValues {
        FormValues::Account(Fields {
            email_address: self.email_address,
            first_name: self.first_name,
            last_name: self.last_name,
            ..Fields::default()
        })
    }
}

impl PlainForm for NameChange {
    const AREA: FormGroup = FormGroup::Account;

    async fn run(&self, context: &FormContext<'_>) -> Result<FormOutcome, FormProblem> {
        accounts::ssr::change_names(&context.request_context, self).await?;
        Ok(FormOutcome::Done("/account".to_owned()))
    }

    fn typed(self, _: Option<&FormProblem>) -> FormValues {
        FormValues::Account(Fields {
            first_name: self.first_name,
            last_name: self.last_name,
            ..Fields::default()
        })
    }
}

/// Redirects to the page that was requested before the log-in.
fn redirect_after_login(uri: &Uri) -> FormOutcome {
    FormOutcome::Done(next_path(uri).as_str().to_owned())
}

/// `POST /account/sessions/end`: a form without fields, so the body is not read.
pub(crate) async fn end_all_sessions(State(state): State<AppState>, request: Request) -> Response {
    let (request, _) = match FormRequest::open(state, request).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    match accounts::ssr::end_all_sessions(&request.request_context()).await {
        Ok(()) => request.finish(see_other(app::SESSIONS_ENDED)),
        Err(Problem::Unauthenticated) => redirect_to_login(&Uri::from_static("/account")),
        Err(problem) => {
            let typed = FormValues::Account(Fields::default());
            request.refuse(problem.into(), typed).await
        }
    }
}

/// `GET /account/sessions/end`, the URL after a refused form: redirects to the page with the button.
pub(crate) async fn redirect_to_account() -> Response {
    see_other("/account")
}

/// `POST /logout`; no session is required.
pub(crate) async fn log_out(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let session = RequestSession::new(&state, Some(&parts));
    if let Err(problem) = app::request_context::SessionHandle::end(session.as_ref()).await {
        return problem::refuse(&state, parts, problem.into()).await;
    }
    let mut response = see_other(app::LOGGED_OUT);
    session.add_session_headers(&mut response);
    response
}
