//! Log-in, log-out, and the current user.

use leptos::prelude::*;
use server_fn::codec::Json;
use types::{LogIn, Visitor};

use crate::{client::PageClient, failure::Failure};

/// Checks the credentials and starts a session.
#[server(name = LogInCall, client = PageClient, input = Json, output = Json, endpoint = "/log_in")]
pub async fn log_in(form: LogIn) -> Result<Visitor, Failure> {
    ssr::answer(async |visit| ssr::log_in(&visit, &form).await).await
}

/// Ends the current session.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/log_out")]
pub async fn log_out() -> Result<(), Failure> {
    ssr::answer(async |visit| visit.wire.end().await).await
}

/// The current user. The browser asks when a hidden page becomes visible again.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/current_visitor")]
pub async fn current_visitor() -> Result<Option<Visitor>, Failure> {
    ssr::answer(async |visit| Ok(visit.visitor)).await
}

/// The bodies of these server functions; plain forms call them, too.
#[cfg(feature = "ssr")]
pub mod ssr {
    use types::{LogIn, Problem, Visitor};

    use crate::{failure::Failure, visit::Visit};

    /// Checks the credentials and starts a session.
    ///
    /// # Errors
    /// Every [`Problem`] of a login: refused fields, bad credentials, a rate limit, a busy hashing
    /// queue, an unreachable store.
    pub async fn log_in(visit: &Visit, form: &LogIn) -> Result<Visitor, Problem> {
        let accounts = &visit.domain.accounts;
        let device = visit.wire.device();
        let login = accounts.log_in(&visit.caller, form, &device).await?;
        visit.wire.begin(login).await
    }

    /// Runs the body of a server function and gives the response the status of its problem.
    pub(crate) async fn answer<T>(
        body: impl AsyncFnOnce(Visit) -> Result<T, Problem>,
    ) -> Result<T, Failure> {
        let visit = Visit::current()?;
        let wire = visit.wire.clone();
        body(visit).await.map_err(|problem| {
            wire.refuse(&problem);
            Failure(problem)
        })
    }
}
