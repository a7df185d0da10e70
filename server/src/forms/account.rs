//! The plain forms of the account pages.

use app::{
    api::{accounts, sessions},
    page::Typed as Fields,
};
use axum::{
    extract::{Request, State},
    http::Uri,
    response::Response,
};
use types::{LogIn, NameChange, Problem, SignUp, pages::studio::FormProblem};

use super::{Area, FormContext, FormRequest, Outcome, PlainForm, Typed};
use crate::{
    pages::{ask_to_log_in, next_path},
    problem,
    redirect::see_other,
    session::Carried,
    state::AppState,
};

impl PlainForm for LogIn {
    const AREA: Area = Area::Account;

    async fn run(&self, context: &FormContext<'_>) -> Result<Outcome, FormProblem> {
        sessions::ssr::log_in(&context.visit, self).await?;
        Ok(after(context.uri))
    }

    fn typed(self, _: Option<&FormProblem>) -> Typed {
        Typed::Account(Fields {
            remember: self.is_remembered(),
            email_address: self.email_address,
            ..Fields::default()
        })
    }
}

impl PlainForm for SignUp {
    const AREA: Area = Area::Account;

    async fn run(&self, context: &FormContext<'_>) -> Result<Outcome, FormProblem> {
        accounts::ssr::sign_up(&context.visit, self).await?;
        Ok(after(context.uri))
    }

    fn typed(self, _: Option<&FormProblem>) -> Typed {
        Typed::Account(Fields {
            email_address: self.email_address,
            first_name: self.first_name,
            last_name: self.last_name,
            ..Fields::default()
        })
    }
}

impl PlainForm for NameChange {
    const AREA: Area = Area::Account;

    async fn run(&self, context: &FormContext<'_>) -> Result<Outcome, FormProblem> {
        accounts::ssr::change_names(&context.visit, self).await?;
        Ok(Outcome::Done("/account".to_owned()))
    }

    fn typed(self, _: Option<&FormProblem>) -> Typed {
        Typed::Account(Fields {
            first_name: self.first_name,
            last_name: self.last_name,
            ..Fields::default()
        })
    }
}

/// Redirects to the page that was requested before the log-in.
fn after(uri: &Uri) -> Outcome {
    Outcome::Done(next_path(uri).as_str().to_owned())
}

/// `POST /account/sessions/end`: a form without fields, so the body is not read.
pub(crate) async fn end_all_sessions(State(state): State<AppState>, request: Request) -> Response {
    let (request, _) = match FormRequest::open(state, request).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    match accounts::ssr::end_all_sessions(&request.visit()).await {
        Ok(()) => request.finish(see_other(app::SESSIONS_ENDED)),
        Err(Problem::Unauthenticated) => ask_to_log_in(&Uri::from_static("/account")),
        Err(problem) => {
            let typed = Typed::Account(Fields::default());
            request.refuse(problem.into(), typed).await
        }
    }
}

/// `GET /account/sessions/end`, the URL after a refused form: redirects to the page with the button.
pub(crate) async fn lead_to_account() -> Response {
    see_other("/account")
}

/// `POST /logout`; no session is required.
pub(crate) async fn log_out(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let carried = Carried::new(&state, Some(&parts));
    if let Err(problem) = app::visit::SessionWire::end(carried.as_ref()).await {
        return problem::refuse(&state, parts, problem.into()).await;
    }
    let mut response = see_other(app::LOGGED_OUT);
    carried.finish(&mut response);
    response
}
