//! The context of a request for server functions and plain forms (server only).

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    Caller, Domain,
    accounts::{Device, VerifiedLogin},
};
use leptos::prelude::*;
use types::{CurrentUser, Problem};

/// The context of a request: the caller, the domain and the session.
///
/// The server provides it as a Leptos context of every page and every server function.
#[derive(Clone, Debug)]
pub struct RequestContext {
    /// Who makes the request, for the domain.
    pub caller: Caller,
    /// The signed-in user, for pages.
    pub current_user: Option<CurrentUser>,
    /// The operations of the domain.
    pub domain: Arc<Domain>,
    /// Starts and ends the session of the request.
    pub session: Arc<dyn SessionHandle>,
}

impl RequestContext {
    /// The context of the current request.
    ///
    /// # Errors
    /// [`Problem::Internal`] outside of a request. A client that disconnects can end the request's
    /// context while a server function still runs, so this must not panic (leptos#4698).
    pub fn current() -> Result<Self, Problem> {
        use_context().ok_or(Problem::Internal)
    }
}

/// The target of a page's redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redirect {
    /// Permanent (301), to a path of this site with its query.
    Permanent(String),
    /// Temporary (302), to a stored URL whose host is approved.
    ToApprovedHost(String),
}

/// Starts and ends sessions, and sets the outcome of the response. The server implements it, so that
/// `app` needs neither axum nor tower-sessions.
#[async_trait]
pub trait SessionHandle: std::fmt::Debug + Send + Sync {
    /// The device cookie of the request.
    fn device(&self) -> Device;

    /// Starts a session under a new id for a verified login, ends the previous session of the request,
    /// and sets the cookie.
    async fn begin(&self, login: VerifiedLogin) -> Result<CurrentUser, Problem>;

    /// Ends the session of the request, if there is one, and removes the cookie.
    async fn end(&self) -> Result<(), Problem>;

    /// Makes the response of a page a redirect.
    fn redirect(&self, to: Redirect);

    /// Gives the response of a server function or a page the status and headers of this problem.
    fn refuse(&self, problem: &Problem);
}
