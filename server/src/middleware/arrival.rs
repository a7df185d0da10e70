//! What is known of a request before its handler runs.

use std::sync::{Arc, OnceLock};

use axum::http::HeaderMap;
use domain::{AccountId, Source};

use super::request_id::{ClientRequestId, RequestId};

/// Where a request came from and what the log calls it; an extension of every request.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    /// Whom limits count.
    pub(crate) source: Source,
    /// Our name of the request.
    pub(crate) id: RequestId,
    /// The client's name of the request.
    pub(crate) client_id: Option<ClientRequestId>,
    /// Set once when the session of the request was found, and read by its log line.
    account: Arc<OnceLock<AccountId>>,
}

impl Arrival {
    pub(crate) fn new(source: Source, headers: &HeaderMap) -> Self {
        Self {
            source,
            id: RequestId::random(),
            client_id: ClientRequestId::of(headers),
            account: Arc::default(),
        }
    }

    /// Notes the account of the request's session, for the lines of the log.
    pub(crate) fn note_account(&self, account: &AccountId) {
        if self.account.set(account.clone()).is_ok() {
            tracing::Span::current().record("account", account.as_str());
        }
    }

    /// The account of the request's session, if a handler has looked for it.
    pub(super) fn account(&self) -> Option<&AccountId> {
        self.account.get()
    }
}
