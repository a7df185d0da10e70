//! `GET /v1/test`.

use axum::{
    extract::{Request, State},
    response::Response,
};
use types::Problem;

use super::{current_user::FlatCurrentUser, envelope};
use crate::{problem, session::authenticate, state::AppState};

/// The current user with begin and end of the session.
pub(crate) async fn show(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let problem = match authenticate(&state, &parts).await {
        Ok(authentication) => match authentication.current_user {
            Some(current_user) => {
                return envelope::success_with(
                    "Test",
                    &FlatCurrentUser::from(current_user.as_ref()),
                );
            }
            None => Problem::Unauthenticated,
        },
        Err(problem) => problem,
    };
    problem::refuse(&state, parts, problem.into()).await
}
