//! Resolves the session of a request.

use std::sync::Arc;

use axum::http::request::Parts;
use domain::{Caller, ClientNetwork};
use types::{CurrentUser, Problem};

use crate::{middleware::RequestMeta, state::AppState};

/// The result of resolving a session.
#[derive(Clone, Debug)]
pub(crate) struct Authentication {
    /// The caller, for the domain.
    pub(crate) caller: Caller,
    /// The signed-in user, for pages.
    pub(crate) current_user: Option<Arc<CurrentUser>>,
}

impl Authentication {
    /// A caller without a session.
    pub(crate) fn anonymous(source: ClientNetwork) -> Self {
        Self {
            caller: Caller::Anonymous(source),
            current_user: None,
        }
    }
}

/// Resolves the session of a request. An unreachable store is an error and never "nobody".
pub(crate) async fn authenticate(
    state: &AppState,
    parts: &Parts,
) -> Result<Authentication, Problem> {
    let meta: &RequestMeta = parts.extensions.get().ok_or(Problem::Internal)?;
    let source = meta.source;
    let Some(key) = state.cookie.read(&parts.headers) else {
        return Ok(Authentication::anonymous(source));
    };
    let resumed = state.domain.sessions.resume(key, source).await?;
    Ok(match resumed {
        Some(resumed) => {
            if let Caller::SignedIn { account, .. } = &resumed.caller {
                meta.note_account(account);
            }
            Authentication {
                caller: resumed.caller,
                current_user: Some(resumed.current_user),
            }
        }
        None => Authentication::anonymous(source),
    })
}
