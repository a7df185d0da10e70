//! Log-in, log-out, and the current user.

use leptos::prelude::*;
use server_fn::codec::Json;
use types::{CurrentUser, LogIn};

use crate::{client::PageClient, server_fn_problem::ServerFnProblem};

/// Checks the credentials and starts a session.
#[server(name = LogInCall, client = PageClient, input = Json, output = Json, endpoint = "/log_in")]
pub async fn log_in(form: LogIn) -> Result<CurrentUser, ServerFnProblem> {
    ssr::answer(async |context| ssr::log_in(&context, &form).await).await
}

/// Ends the current session.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/log_out")]
pub async fn log_out() -> Result<(), ServerFnProblem> {
    ssr::answer(async |context| context.session.end().await).await
}

/// The current user. The browser asks when a hidden page becomes visible again.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/current_visitor")]
pub async fn read_current_user() -> Result<Option<CurrentUser>, ServerFnProblem> {
    ssr::answer(async |context| Ok(context.current_user)).await
}

/// The bodies of these server functions; plain forms call them, too.
#[cfg(feature = "ssr")]
pub mod ssr {
    use types::{CurrentUser, LogIn, Problem};

    use crate::{request_context::RequestContext, server_fn_problem::ServerFnProblem};

    /// Checks the credentials and starts a session.
    ///
    /// # Errors
    /// Every [`Problem`] of a login: refused fields, bad credentials, a rate limit, a busy hashing
    /// queue, an unreachable store.
    pub async fn log_in(context: &RequestContext, form: &LogIn) -> Result<CurrentUser, Problem> {
        let accounts = &context.domain.accounts;
        let device = context.session.device();
        let login = accounts.log_in(&context.caller, form, &device).await?;
        context.session.begin(login).await
    }

    /// Runs the body of a server function and gives the response the status of its problem.
    pub(crate) async fn answer<T>(
        body: impl AsyncFnOnce(RequestContext) -> Result<T, Problem>,
    ) -> Result<T, ServerFnProblem> {
        let context = RequestContext::current()?;
        let session = context.session.clone();
        body(context).await.map_err(|problem| {
            session.refuse(&problem);
            ServerFnProblem(problem)
        })
    }
}
