//! A request to the cluster, and its response.

use std::time::Duration;

use elasticsearch::http::{Method, StatusCode};
use serde::de::DeserializeOwned;

use super::failure::RequestFailure;

/// A request that can be sent several times.
#[derive(Clone, Debug)]
pub(crate) struct NodeRequest {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) repeat: RetryPolicy,
    /// Time limit of one attempt.
    pub(crate) within: Duration,
}

/// Whether a request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetryPolicy {
    /// It has no effect, or none the second time.
    Always,
    /// Only if it was certainly not carried out.
    UnlessSent,
}

impl NodeRequest {
    /// A request that is safe or idempotent.
    pub(crate) fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            body: None,
            repeat: RetryPolicy::Always,
            within: Duration::MAX,
        }
    }

    pub(crate) fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    pub(crate) fn json(self, body: &serde_json::Value) -> Self {
        self.body(body.to_string().into_bytes())
    }

    pub(crate) fn body(mut self, body: Vec<u8>) -> Self {
        self.body = Some(body);
        self
    }

    pub(crate) fn within(mut self, limit: Duration) -> Self {
        self.within = limit;
        self
    }

    pub(crate) fn once(mut self) -> Self {
        self.repeat = RetryPolicy::UnlessSent;
        self
    }
}

/// The response of a node: a success, or an error that the caller interprets.
#[derive(Debug)]
pub(crate) struct NodeResponse {
    pub(crate) status: StatusCode,
    pub(crate) body: Vec<u8>,
}

impl NodeResponse {
    /// Decodes the body of a success; any other status is a failure.
    pub(crate) fn success<T: DeserializeOwned>(&self) -> Result<T, RequestFailure> {
        self.require_success()?;
        serde_json::from_slice(&self.body).map_err(unreadable)
    }

    pub(crate) fn require_success(&self) -> Result<(), RequestFailure> {
        if self.status.is_success() {
            return Ok(());
        }
        Err(RequestFailure::of_status(self.status, &self.body))
    }
}

/// The failure for a response whose shape is not that of Elasticsearch.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it is handed to `map_err` everywhere"
)]
pub(crate) fn unreadable(error: serde_json::Error) -> RequestFailure {
    RequestFailure::NoAnswer(format!("the answer cannot be read: {error}"))
}

/// A duration in the syntax of Elasticsearch.
pub(crate) fn milliseconds(span: Duration) -> String {
    format!("{}ms", span.as_millis())
}
