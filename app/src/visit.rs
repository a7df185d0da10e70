//! One request, as server functions and plain forms see it (server only).

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    Caller, Domain,
    accounts::{Device, LoggedIn},
};
use leptos::prelude::*;
use types::{Problem, Visitor};

/// One request: who asks, what can be done, and how a session travels.
///
/// The server provides it as a context of every page and every server function.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Who asks.
    pub caller: Caller,
    /// The same, as a page shows it.
    pub visitor: Option<Visitor>,
    /// What can be done.
    pub domain: Arc<Domain>,
    /// How a session travels.
    pub wire: Arc<dyn SessionWire>,
}

impl Visit {
    /// The request that is being served.
    ///
    /// # Errors
    /// [`Problem::Internal`] outside of a request. A client that hangs up can end the request's
    /// context while a server function still runs, so this must not panic (leptos#4698).
    pub fn current() -> Result<Self, Problem> {
        use_context().ok_or(Problem::Internal)
    }
}

/// Where the answer of a page redirects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redirect {
    /// To another address of ours, for ever: a path with its query.
    Moved(String),
    /// To a stored URL, whose host is approved.
    Approved(String),
}

/// How a session travels between the server and whoever holds it.
#[async_trait]
pub trait SessionWire: std::fmt::Debug + Send + Sync {
    /// The device that the request presents.
    fn device(&self) -> Device;

    /// Starts a session for a verified login under a new id, ends the one that came with the
    /// request, and sends the new one with the answer.
    async fn begin(&self, login: LoggedIn) -> Result<Visitor, Problem>;

    /// Ends the session that came with the request, if one did, and takes it from the browser.
    async fn end(&self) -> Result<(), Problem>;

    /// Gives the answer of a page this redirect in the place of the page.
    fn redirect(&self, to: Redirect);

    /// Gives the answer of a server function or a page the status and headers of this problem.
    fn refuse(&self, problem: &Problem);
}
