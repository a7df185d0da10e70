//! The request of a file that is generated from the catalogue.

use axum::{
    extract::FromRequestParts,
    http::{Uri, request::Parts},
    response::Response,
};
use domain::Caller;
use types::Problem;

use crate::{
    middleware::{RequestMeta, reads::ReadPermit, request_id::RequestId},
    not_found_delay::NotFoundDelay,
    pages::PageRequest,
    problem::{self, ProblemResponse},
    session::{Authentication, authenticate},
    state::AppState,
};

/// The request of a file that is generated from the catalogue.
#[derive(Clone, Debug)]
pub(crate) struct FileRequest {
    /// The state of the server.
    pub(crate) state: AppState,
    /// Path and query of the file.
    pub(crate) uri: Uri,
    authentication: Authentication,
    id: RequestId,
    permit: Option<ReadPermit>,
    not_found_delay: NotFoundDelay,
}

impl FileRequest {
    /// The caller, for the domain.
    pub(crate) fn caller(&self) -> &Caller {
        &self.authentication.caller
    }

    /// A 404, after a constant time.
    pub(crate) async fn not_found(self) -> Response {
        self.not_found_delay.wait().await;
        self.fail(ProblemResponse::not_found()).await
    }

    /// An error page.
    pub(crate) async fn fail(self, refusal: impl Into<ProblemResponse>) -> Response {
        let page = PageRequest {
            request_id: Some(self.id.as_str().to_owned()),
            ..PageRequest::new(self.uri, self.authentication, self.permit)
        };
        problem::refuse_with_page(&self.state, page, refusal.into()).await
    }
}

impl FromRequestParts<AppState> for FileRequest {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let not_found_delay = NotFoundDelay::start();
        let authentication = match authenticate(state, parts).await {
            Ok(authentication) => authentication,
            Err(problem) => {
                return Err(problem::refuse(state, parts.clone(), problem.into()).await);
            }
        };
        let Some(meta) = parts.extensions.get::<RequestMeta>() else {
            let refusal = Problem::Internal.into();
            return Err(problem::refuse_plainly(&parts.uri, None, &refusal));
        };
        Ok(Self {
            state: state.clone(),
            uri: parts.uri.clone(),
            authentication,
            id: meta.id.clone(),
            permit: parts.extensions.get().cloned(),
            not_found_delay,
        })
    }
}
