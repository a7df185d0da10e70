//! A form of a content page as it was sent.

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    response::Response,
};
use serde::Deserialize;
use types::{Problem, form_body::FormBody};

use super::decode;
use crate::{
    content::Reader,
    middleware::limits::{MAX_BODY, MAX_FORM},
    problem,
    state::AppState,
};

/// A form of a content page as it was sent, and who sent it.
#[derive(Clone, Debug)]
pub(crate) struct Posted<F> {
    /// Who sent it; nobody, when the session has ended.
    pub(crate) reader: Reader,
    /// What was sent.
    pub(crate) form: F,
}

/// The form of a button that changes an entity.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RevisionForm {
    revision: String,
}

impl FormBody for RevisionForm {}

impl RevisionForm {
    /// The revision of the entity when the button was shown; 0, which no entity has, where there is
    /// something else.
    pub(crate) fn revision(&self) -> u64 {
        self.revision.parse().unwrap_or_default()
    }
}

impl<F: FormBody + Send> FromRequest<AppState> for Posted<F> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let reader = Reader::from_request_parts(&mut parts, state).await?;
        let most = match reader.identity.visitor {
            Some(_) => MAX_FORM,
            None => MAX_BODY,
        };
        let decoded = decode::<F>(&parts, body, most, state.timeouts.body).await;
        problem::acquire(&parts).await?;
        match decoded {
            Ok(form) if form.is_of_this_version() => Ok(Self { reader, form }),
            Ok(_) => Err(reader.fail(Problem::StalePage).await),
            Err(refusal) => Err(reader.fail(refusal).await),
        }
    }
}
