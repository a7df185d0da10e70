//! A request to the cluster and the answer to it.

use std::time::Duration;

use elasticsearch::http::{Method, StatusCode};
use serde::de::DeserializeOwned;

use super::failure::Failure;

/// A request, as often as it has to be sent.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Option<Vec<u8>>,
    pub(super) repeat: Repeat,
    /// An attempt may take no longer than this.
    pub(super) within: Duration,
}

/// Whether a request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    /// It changes nothing, or nothing the second time.
    Always,
    /// Only when it certainly was not carried out.
    UnlessSent,
}

impl Call {
    /// A request that only reads, or does what can be done twice.
    pub(super) fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            body: None,
            repeat: Repeat::Always,
            within: Duration::MAX,
        }
    }

    pub(super) fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    pub(super) fn json(self, body: &serde_json::Value) -> Self {
        self.body(body.to_string().into_bytes())
    }

    pub(super) fn body(mut self, body: Vec<u8>) -> Self {
        self.body = Some(body);
        self
    }

    pub(super) fn within(mut self, limit: Duration) -> Self {
        self.within = limit;
        self
    }

    pub(super) fn once(mut self) -> Self {
        self.repeat = Repeat::UnlessSent;
        self
    }
}

/// The answer of a node: a success, or a refusal that the caller has to understand.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The body of a success; anything else is a failure.
    pub(super) fn success<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        self.require_success()?;
        serde_json::from_slice(&self.body).map_err(unreadable)
    }

    pub(super) fn require_success(&self) -> Result<(), Failure> {
        if self.status.is_success() {
            return Ok(());
        }
        Err(Failure::of_status(self.status, &self.body))
    }
}

/// An answer that does not have the shape that Elasticsearch gives it.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it is handed to `map_err` everywhere"
)]
pub(super) fn unreadable(error: serde_json::Error) -> Failure {
    Failure::NoAnswer(format!("the answer cannot be read: {error}"))
}

/// A span as Elasticsearch reads it.
pub(super) fn milliseconds(span: Duration) -> String {
    format!("{}ms", span.as_millis())
}
