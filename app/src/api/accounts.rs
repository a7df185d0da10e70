//! Sign-up, change of names, end of all sessions.

use leptos::prelude::*;
use server_fn::codec::Json;
use types::{CurrentUser, NameChange, SignUp};

use crate::{client::PageClient, server_fn_problem::ServerFnProblem};

/// Creates an account and starts a session for it.
#[server(name = SignUpCall, client = PageClient, input = Json, output = Json, endpoint = "/sign_up")]
pub async fn sign_up(form: SignUp) -> Result<CurrentUser, ServerFnProblem> {
    super::sessions::ssr::answer(async |context| ssr::sign_up(&context, &form).await).await
}

/// Changes the names of the signed-in account.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/change_names")]
pub async fn change_names(form: NameChange) -> Result<CurrentUser, ServerFnProblem> {
    super::sessions::ssr::answer(async |context| ssr::change_names(&context, &form).await).await
}

/// Ends every session of the signed-in account, including the current one.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/end_all_sessions")]
pub async fn end_all_sessions() -> Result<(), ServerFnProblem> {
    super::sessions::ssr::answer(async |context| ssr::end_all_sessions(&context).await).await
}

/// The bodies of these server functions; plain forms call them, too.
#[cfg(feature = "ssr")]
pub mod ssr {
    use types::{CurrentUser, NameChange, Problem, SignUp};

    use crate::request_context::RequestContext;

    /// Creates an account and starts a session for it.
    ///
    /// # Errors
    /// Every [`Problem`] of a sign-up: refused fields, a taken address, a closed sign-up, a rate limit,
    /// an unreachable store.
    pub async fn sign_up(context: &RequestContext, form: &SignUp) -> Result<CurrentUser, Problem> {
        let login = context
            .domain
            .accounts
            .sign_up(&context.caller, form)
            .await?;
        context.session.begin(login).await
    }

    /// Changes the names of the signed-in account.
    ///
    /// # Errors
    /// [`Problem::Unauthenticated`], [`Problem::Invalid`], [`Problem::Unavailable`].
    pub async fn change_names(
        context: &RequestContext,
        form: &NameChange,
    ) -> Result<CurrentUser, Problem> {
        let current_user = context
            .current_user
            .clone()
            .ok_or(Problem::Unauthenticated)?;
        let account = context
            .domain
            .accounts
            .change_names(&context.caller, form)
            .await?;
        Ok(CurrentUser {
            account,
            ..current_user
        })
    }

    /// Ends every session of the signed-in account, including the current one.
    ///
    /// # Errors
    /// [`Problem::Unauthenticated`], [`Problem::Unavailable`].
    pub async fn end_all_sessions(context: &RequestContext) -> Result<(), Problem> {
        context
            .domain
            .accounts
            .end_all_sessions(&context.caller)
            .await?;
        context.session.end().await
    }
}
