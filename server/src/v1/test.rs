//! `GET /v1/test`.

use axum::{
    extract::{Request, State},
    response::Response,
};
use types::Problem;

use super::{envelope, visitor::FlatVisitor};
use crate::{problem, session::identify, state::AppState};

/// The current user with begin and end of the session.
pub(crate) async fn show(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let problem = match identify(&state, &parts).await {
        Ok(identity) => match identity.visitor {
            Some(visitor) => {
                return envelope::done_with("Test", &FlatVisitor::from(visitor.as_ref()));
            }
            None => Problem::Unauthenticated,
        },
        Err(problem) => problem,
    };
    problem::refuse(&state, parts, problem.into()).await
}
