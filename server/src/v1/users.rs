//! `POST /v1/users/new`.

use axum::{
    extract::{Request, State},
    http::{StatusCode, request::Parts},
    response::Response,
};
use domain::Caller;
use types::{Password, Problem, SignUp, trimmed};

use super::{body, envelope};
use crate::{
    media_type::BodyType,
    middleware::RequestMeta,
    problem::{self, ProblemResponse},
    state::AppState,
};

const FIELDS: [&str; 4] = ["email_address", "password", "first_name", "last_name"];

/// Creates an account. No session starts.
pub(crate) async fn create(State(state): State<AppState>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let form = match read(&state, &parts, body).await {
        Ok(form) => form,
        Err(refusal) => return problem::refuse(&state, parts, refusal).await,
    };
    let address = trimmed(&form.email_address);
    match sign_up(&state, &parts, &form).await {
        Ok(()) => {
            let message = format!("'{address}' added successfully!");
            envelope::success(StatusCode::CREATED, &message)
        }
        Err(problem) => {
            let refusal = ProblemResponse::of_form(problem, address);
            problem::refuse(&state, parts, refusal).await
        }
    }
}

async fn read(
    state: &AppState,
    parts: &Parts,
    body: axum::body::Body,
) -> Result<SignUp, ProblemResponse> {
    // This status is older than 415 for the other routes; the contract of this route fixes it.
    if !BodyType::Json.is_type_of(&parts.headers) {
        let refusal = ProblemResponse::bad_request(BodyType::Json.sentence());
        return Err(refusal.accepting(BodyType::Json.header()));
    }
    let time = state.timeouts.body;
    let mut fields = body::read(parts, body, time, &FIELDS).await?;
    let [email_address, password, first_name, last_name] = fields.strings(FIELDS)?;
    Ok(SignUp {
        email_address,
        password: Password::new(password),
        first_name,
        last_name,
    })
}

async fn sign_up(state: &AppState, parts: &Parts, form: &SignUp) -> Result<(), Problem> {
    let meta: &RequestMeta = parts.extensions.get().ok_or(Problem::Internal)?;
    let caller = Caller::Anonymous(meta.source);
    state.domain.accounts.sign_up(&caller, form).await?;
    Ok(())
}
