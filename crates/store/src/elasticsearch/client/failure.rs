//! Why a request failed, and whether it may have been carried out.

use std::error::Error as _;

use domain::documents::StoreError;
use elasticsearch::http::StatusCode;
use serde::Deserialize;
use thiserror::Error;

use super::settings::NodeUrl;

/// Why a request, or one item of a bulk request, failed.
#[derive(Clone, Debug, Error)]
pub(crate) enum RequestFailure {
    /// It did not reach a node, so it was not carried out.
    #[error("{0}")]
    NotSent(String),
    /// It was sent and not answered: it may have been carried out, or may still be.
    #[error("{0}")]
    NoAnswer(String),
    /// The cluster cannot do it now, and has not done it.
    #[error("{0}")]
    Busy(String),
    /// The cluster rejects it; a retry does not help.
    #[error("{0}")]
    Refused(String),
}

impl RequestFailure {
    /// The failure for an error of the HTTP client.
    pub(crate) fn of_client(error: &reqwest::Error) -> Self {
        let cause = causes(error);
        if error.is_connect() || error.is_builder() {
            return Self::NotSent(cause);
        }
        Self::NoAnswer(cause)
    }

    /// The same failure with the node in its text.
    pub(crate) fn at(self, node: &NodeUrl) -> Self {
        let named = |cause: String| {
            if cause.contains(&node.to_string()) {
                return cause;
            }
            format!("{node}: {cause}")
        };
        match self {
            Self::NotSent(cause) => Self::NotSent(named(cause)),
            Self::NoAnswer(cause) => Self::NoAnswer(named(cause)),
            Self::Busy(cause) => Self::Busy(named(cause)),
            Self::Refused(cause) => Self::Refused(named(cause)),
        }
    }

    /// The same failure if the request had already been sent.
    pub(crate) fn after_sending(self) -> Self {
        match self {
            Self::NotSent(cause) => Self::NoAnswer(cause),
            other => other,
        }
    }

    /// The failure for a status that is neither a success nor a meaningful response.
    ///
    /// Only a 503 of Elasticsearch proves that nothing was done. A proxy also sends 503, even if
    /// the connection behind it broke in the middle.
    pub(crate) fn of_status(status: StatusCode, body: &[u8]) -> Self {
        let cause = ErrorCause::read(body);
        let text = format!("{status}: {cause}");
        match status.as_u16() {
            429 | 503 if !cause.kind.is_empty() => Self::Busy(text),
            429 | 500..=599 => Self::NoAnswer(text),
            _ => Self::Refused(text),
        }
    }

    /// The failure for the error of one write in a bulk response.
    pub(crate) fn of_write(status: u16, cause: &ErrorCause) -> Self {
        let text = format!("{status}: {cause}");
        match (status, cause.kind.as_str()) {
            // An index that is closed to writes stays closed, even if the reason is a full disk
            // (429).
            (429 | 403, "cluster_block_exception") => Self::Refused(text),
            // The shard was unavailable or overloaded. What a node may have done before it died is
            // recognised by the token.
            (429, _) | (503, "unavailable_shards_exception" | "cluster_block_exception") => {
                Self::Busy(text)
            }
            (500..=599, _) => Self::NoAnswer(text),
            _ => Self::Refused(text),
        }
    }

    /// The failure for the error of one read in a response. Only permanent errors are not retried.
    pub(crate) fn of_read(cause: &ErrorCause) -> Self {
        let text = cause.to_string();
        match cause.kind.as_str() {
            "index_not_found_exception" | "index_closed_exception" | "security_exception" => {
                Self::Refused(text)
            }
            _ => Self::Busy(text),
        }
    }
}

impl From<RequestFailure> for StoreError {
    fn from(failure: RequestFailure) -> Self {
        Self::Unavailable(failure.to_string())
    }
}

/// An error and its causes in one line.
fn causes(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}

/// The error object of Elasticsearch.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct ErrorCause {
    /// Its `type`, such as `index_not_found_exception`.
    #[serde(rename = "type", default)]
    pub(crate) kind: String,
    #[serde(default)]
    reason: Option<String>,
}

impl ErrorCause {
    /// Extracts the error from the body of a response.
    pub(crate) fn read(body: &[u8]) -> Self {
        #[derive(Deserialize)]
        struct ErrorResponse {
            error: ErrorCause,
        }
        serde_json::from_slice::<ErrorResponse>(body)
            .map(|body| body.error)
            .unwrap_or_default()
    }
}

/// Types of errors whose reason may be logged. Other reasons may contain the id of a document, and
/// ids are keys of sessions and hashes of addresses.
const LOGGED_REASONS: [&str; 5] = [
    "cluster_block_exception",
    "index_not_found_exception",
    "invalid_alias_name_exception",
    "master_not_discovered_exception",
    "security_exception",
];

impl ErrorCause {
    /// The type and the bounded reason: only for requests without documents.
    pub(crate) fn whole(&self) -> String {
        let reason = self.reason.as_deref().unwrap_or_default();
        let bounded: String = reason.chars().take(200).collect();
        format!("{} ({bounded})", self.kind)
    }
}

impl std::fmt::Display for ErrorCause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.kind.is_empty() {
            return f.write_str("no reason given");
        }
        f.write_str(&self.kind)?;
        match &self.reason {
            Some(reason) if LOGGED_REASONS.contains(&self.kind.as_str()) => {
                let bounded: String = reason.chars().take(200).collect();
                write!(f, " ({bounded})")
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(status: u16, kind: &str) -> RequestFailure {
        RequestFailure::of_write(status, &cause(kind))
    }

    fn cause(kind: &str) -> ErrorCause {
        ErrorCause {
            kind: kind.to_owned(),
            reason: Some("request: [index {[sessions][the-id]}]".to_owned()),
        }
    }

    #[test]
    fn what_was_rejected_was_not_done() {
        assert!(matches!(
            write(429, "es_rejected_execution_exception"),
            RequestFailure::Busy(_)
        ));
        assert!(matches!(
            write(503, "unavailable_shards_exception"),
            RequestFailure::Busy(_)
        ));
        let body = br#"{"error":{"type":"circuit_breaking_exception"}}"#;
        let busy = RequestFailure::of_status(StatusCode::TOO_MANY_REQUESTS, body);
        assert!(matches!(busy, RequestFailure::Busy(_)));
    }

    #[test]
    fn what_a_proxy_says_of_itself_proves_nothing() {
        for status in [
            StatusCode::SERVICE_UNAVAILABLE,
            StatusCode::TOO_MANY_REQUESTS,
        ] {
            for body in ["", "upstream reset", "{}"] {
                let failure = RequestFailure::of_status(status, body.as_bytes());
                assert!(
                    matches!(failure, RequestFailure::NoAnswer(_)),
                    "{status} {body}"
                );
            }
        }
    }

    #[test]
    fn what_broke_in_the_middle_may_have_been_done() {
        assert!(matches!(
            write(500, "anything"),
            RequestFailure::NoAnswer(_)
        ));
        for status in [
            StatusCode::GATEWAY_TIMEOUT,
            StatusCode::INTERNAL_SERVER_ERROR,
        ] {
            assert!(matches!(
                RequestFailure::of_status(status, b""),
                RequestFailure::NoAnswer(_)
            ));
        }
    }

    #[test]
    fn a_full_disk_is_not_waited_for() {
        assert!(matches!(
            write(429, "cluster_block_exception"),
            RequestFailure::Refused(_)
        ));
    }

    #[test]
    fn a_read_is_repeated_unless_that_helps_nobody() {
        let read = |kind| RequestFailure::of_read(&cause(kind));
        assert!(matches!(
            read("no_shard_available_action_exception"),
            RequestFailure::Busy(_)
        ));
        assert!(matches!(
            read("es_rejected_execution_exception"),
            RequestFailure::Busy(_)
        ));
        assert!(matches!(
            read("index_not_found_exception"),
            RequestFailure::Refused(_)
        ));
    }

    #[test]
    fn what_is_forbidden_is_not_tried_again() {
        assert!(matches!(
            write(403, "cluster_block_exception"),
            RequestFailure::Refused(_)
        ));
        for status in [
            StatusCode::UNAUTHORIZED,
            StatusCode::FORBIDDEN,
            StatusCode::NOT_FOUND,
        ] {
            assert!(matches!(
                RequestFailure::of_status(status, b"{}"),
                RequestFailure::Refused(_)
            ));
        }
    }

    #[test]
    fn a_reason_that_may_hold_an_id_is_not_told() {
        let text = write(503, "unavailable_shards_exception").to_string();
        assert_eq!(text, "503: unavailable_shards_exception");
        let text = write(403, "security_exception").to_string();
        assert!(text.contains("request:"), "{text}");
    }
}
