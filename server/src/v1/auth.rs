//! `POST /v1/auth/login` and `POST /v1/auth/logout`.

use app::{api::sessions, request_context::SessionHandle};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{StatusCode, request::Parts},
    response::Response,
};
use types::{CurrentUser, LogIn, Password, Problem, Reason, trimmed};

use super::{body, current_user::FlatCurrentUser, envelope};
use crate::{
    problem::{self, ProblemResponse},
    session::RequestSession,
    state::AppState,
};

const FIELDS: [&str; 3] = ["email_address", "password", "remember"];

/// Checks the credentials and starts a session.
pub(crate) async fn log_in(State(state): State<AppState>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    match try_log_in(&state, &parts, body).await {
        Ok((address, current_user)) => {
            let message = format!("'{}' successfully logged in!", address);
            envelope::success_with(&message, &FlatCurrentUser::from(&current_user))
        }
        Err(refusal) => problem::refuse(&state, parts, refusal).await,
    }
}

/// Ends the session, if there is one.
pub(crate) async fn log_out(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let session = RequestSession::new(&state, Some(&parts));
    if let Err(problem) = session.end().await {
        return problem::refuse(&state, parts, problem.into()).await;
    }
    let message = "Successfully logged out. See you soon!";
    let mut response = envelope::success(StatusCode::OK, message);
    session.add_session_headers(&mut response);
    response
}

async fn try_log_in(
    state: &AppState,
    parts: &Parts,
    body: Body,
) -> Result<(String, CurrentUser), ProblemResponse> {
    let form = read(state, parts, body).await?;
    let request_context = RequestSession::new(state, Some(parts))
        .request_context(state, parts)
        .await?;
    match sessions::ssr::log_in(&request_context, &form).await {
        Ok(current_user) => Ok((trimmed(&form.email_address).to_owned(), current_user)),
        Err(problem) => Err(ProblemResponse::of_form(
            hide_shape(problem),
            trimmed(&form.email_address),
        )),
    }
}

async fn read(state: &AppState, parts: &Parts, body: Body) -> Result<LogIn, ProblemResponse> {
    let time = state.timeouts.body;
    let mut fields = body::read(parts, body, time, &FIELDS).await?;
    let [email_address, password] = fields.strings(["email_address", "password"])?;
    let is_remembered = fields.flag("remember")?;
    Ok(LogIn {
        email_address,
        password: Password::new(password),
        remember: if is_remembered {
            "on".to_owned()
        } else {
            String::new()
        },
    })
}

/// Hides why an address is malformed: a login only reports missing fields, and treats a malformed
/// address as an unknown one.
fn hide_shape(problem: Problem) -> Problem {
    match problem {
        Problem::Invalid(errors) if !errors.iter().any(|(_, why)| why == Reason::Required) => {
            Problem::BadCredentials
        }
        problem => problem,
    }
}

#[cfg(test)]
mod tests {
    use types::{Field, FieldErrors};

    use super::*;

    #[test]
    fn only_what_is_missing_is_named() {
        let malformed = FieldErrors::one(Field::EmailAddress, Reason::NotAnEmailAddress);
        assert_eq!(
            hide_shape(Problem::Invalid(malformed)),
            Problem::BadCredentials
        );
        let missing = Problem::Invalid(FieldErrors::one(Field::Password, Reason::Required));
        assert_eq!(hide_shape(missing.clone()), missing);
        assert_eq!(hide_shape(Problem::Busy(1)), Problem::Busy(1));
    }
}
