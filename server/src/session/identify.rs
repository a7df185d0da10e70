//! Resolves the session of a request.

use std::sync::Arc;

use axum::http::request::Parts;
use domain::{Caller, Source};
use types::{Problem, Visitor};

use crate::{middleware::Arrival, state::AppState};

/// The result of resolving a session.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// The caller, for the domain.
    pub(crate) caller: Caller,
    /// The signed-in user, for pages.
    pub(crate) visitor: Option<Arc<Visitor>>,
}

impl Identity {
    /// A caller without a session.
    pub(crate) fn anonymous(source: Source) -> Self {
        Self {
            caller: Caller::Anonymous(source),
            visitor: None,
        }
    }
}

/// Resolves the session of a request. An unreachable store is an error and never "nobody".
pub(crate) async fn identify(state: &AppState, parts: &Parts) -> Result<Identity, Problem> {
    let arrival: &Arrival = parts.extensions.get().ok_or(Problem::Internal)?;
    let source = arrival.source;
    let Some(key) = state.cookie.read(&parts.headers) else {
        return Ok(Identity::anonymous(source));
    };
    let resumed = state.domain.sessions.resume(key, source).await?;
    Ok(match resumed {
        Some(resumed) => {
            if let Caller::SignedIn { account, .. } = &resumed.caller {
                arrival.note_account(account);
            }
            Identity {
                caller: resumed.caller,
                visitor: Some(resumed.visitor),
            }
        }
        None => Identity::anonymous(source),
    })
}
