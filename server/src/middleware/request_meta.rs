//! Metadata of a request.

use std::sync::{Arc, OnceLock};

use axum::http::HeaderMap;
use domain::{AccountId, ClientNetwork};

use super::request_id::{ClientRequestId, RequestId};

/// Source and ids of a request; an extension of every request.
#[derive(Clone, Debug)]
pub(crate) struct RequestMeta {
    /// The source that limits count.
    pub(crate) source: ClientNetwork,
    /// The server's id of the request.
    pub(crate) id: RequestId,
    /// The client's id of the request, if it sent a valid one.
    pub(crate) client_id: Option<ClientRequestId>,
    /// Set once when the session of the request was resolved; the log line of the request reads it.
    account: Arc<OnceLock<AccountId>>,
}

impl RequestMeta {
    pub(crate) fn new(source: ClientNetwork, headers: &HeaderMap) -> Self {
        Self {
            source,
            id: RequestId::random(),
            client_id: ClientRequestId::of(headers),
            account: Arc::default(),
        }
    }

    /// Records the account of the session for log lines.
    pub(crate) fn note_account(&self, account: &AccountId) {
        if self.account.set(account.clone()).is_ok() {
            tracing::Span::current().record("account", account.as_str());
        }
    }

    /// The account of the session, if a handler has resolved it.
    pub(super) fn account(&self) -> Option<&AccountId> {
        self.account.get()
    }
}
