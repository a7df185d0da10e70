//! Logging in, logging out, and who is signed in.

use leptos::prelude::*;
use server_fn::codec::Json;
use types::{LogIn, Visitor};

use crate::{client::PageClient, failure::Failure};

/// Logs in and starts a session.
#[server(name = LogInCall, client = PageClient, input = Json, output = Json, endpoint = "/log_in")]
pub async fn log_in(form: LogIn) -> Result<Visitor, Failure> {
    ssr::answer(async |visit| ssr::log_in(&visit, &form).await).await
}

/// Ends the session.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/log_out")]
pub async fn log_out() -> Result<(), Failure> {
    ssr::answer(async |visit| visit.wire.end().await).await
}

/// Who is signed in now; the browser asks when a page that was hidden is shown again.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/current_visitor")]
pub async fn current_visitor() -> Result<Option<Visitor>, Failure> {
    ssr::answer(async |visit| Ok(visit.visitor)).await
}

/// The bodies, for server functions and plain forms alike.
#[cfg(feature = "ssr")]
pub mod ssr {
    use types::{LogIn, Problem, Visitor};

    use crate::{failure::Failure, visit::Visit};

    /// Logs in and starts a session.
    ///
    /// # Errors
    /// Every [`Problem`] of a login.
    pub async fn log_in(visit: &Visit, form: &LogIn) -> Result<Visitor, Problem> {
        let accounts = &visit.domain.accounts;
        let device = visit.wire.device();
        let login = accounts.log_in(&visit.caller, form, &device).await?;
        visit.wire.begin(login).await
    }

    /// Runs the body of a server function, and gives a refusal its status.
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
