//! Content pages: who asks for one, and how it is answered.
//!
//! A handler takes a [`Reader`], or a [`Posted`](crate::forms::Posted) form, calls the domain with the
//! caller, and shows what `app::pages` makes of the answer.

use app::{
    content::Content,
    page::{Refusal as RefusedForm, Typed},
    visit::Visit,
};
use axum::{
    extract::FromRequestParts,
    http::{Uri, request::Parts},
    response::Response,
};
use domain::Caller;
use types::Problem;

use crate::{
    middleware::{Arrival, reads::ReadPermit, request_id::RequestId},
    not_found_delay::NotFoundDelay,
    pages::{self, Page, ask_to_log_in},
    problem::{self, Refusal},
    session::{Carried, Identity, identify},
    state::AppState,
};

/// Who asks for a content page, or sends a form of one. Whoever asks for a page in the studio
/// without a session never gets this far, but is asked to log in.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    /// What every handler needs.
    pub(crate) state: AppState,
    /// Where the page stands.
    pub(crate) uri: Uri,
    /// Who asks.
    pub(crate) identity: Identity,
    id: RequestId,
    permit: Option<ReadPermit>,
    not_found_delay: NotFoundDelay,
}

impl Reader {
    /// Who asks, as the domain takes it.
    pub(crate) fn caller(&self) -> &Caller {
        &self.identity.caller
    }

    /// The request as the body of a server function takes it. It can neither begin nor end a session.
    pub(crate) fn visit(&self) -> Visit {
        Carried::new(&self.state, None).visit_of(&self.state, self.identity.clone())
    }

    /// Shows a page.
    pub(crate) async fn show(self, content: Content) -> Response {
        let page = Page {
            content: Some(content),
            ..Page::new(self.uri, self.identity, self.permit)
        };
        pages::render(&self.state, page).await
    }

    /// Shows the page of a refused form again, with the status of the refusal. The page itself says
    /// at which field something is wrong, and holds what was typed.
    pub(crate) async fn refuse(self, refusal: Refusal, content: Content) -> Response {
        let refused = RefusedForm {
            problem: refusal.problem.clone(),
            typed: Typed::default(),
        };
        let page = Page {
            content: Some(content),
            refused: Some(refused),
            ..Page::new(self.uri, self.identity, self.permit)
        };
        let mut response = pages::render(&self.state, page).await;
        refusal.mark(&mut response);
        response
    }

    /// Says that there is no such page, after the same time whatever was looked at.
    pub(crate) async fn not_found(self) -> Response {
        self.not_found_delay.wait().await;
        self.fail(Refusal::not_found()).await
    }

    /// Says that the page cannot be shown, and why.
    pub(crate) async fn fail(self, refusal: impl Into<Refusal>) -> Response {
        let page = Page {
            request_id: Some(self.id.as_str().to_owned()),
            ..Page::new(self.uri, self.identity, self.permit)
        };
        problem::refuse_with_page(&self.state, page, refusal.into()).await
    }
}

impl FromRequestParts<AppState> for Reader {
    type Rejection = Response;

    /// A form is let through also without a session: what was typed into it must not be lost, so
    /// its page has to be shown again, and the domain refuses to do anything.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let not_found_delay = NotFoundDelay::start();
        let identity = match identify(state, parts).await {
            Ok(identity) => identity,
            Err(problem) => {
                return Err(problem::refuse(state, parts.clone(), problem.into()).await);
            }
        };
        let is_closed = app::is_protected(parts.uri.path()) && identity.visitor.is_none();
        if is_closed && parts.method.is_safe() {
            return Err(ask_to_log_in(&parts.uri));
        }
        let Some(arrival) = parts.extensions.get::<Arrival>() else {
            let refusal = Problem::Internal.into();
            return Err(problem::refuse_plainly(&parts.uri, None, &refusal));
        };
        Ok(Self {
            state: state.clone(),
            uri: parts.uri.clone(),
            identity,
            id: arrival.id.clone(),
            permit: parts.extensions.get().cloned(),
            not_found_delay,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests;
