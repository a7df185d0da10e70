//! Why a request came to nothing, and what that says of whether it was carried out.

use std::error::Error as _;

use domain::documents::StoreError;
use elasticsearch::http::StatusCode;
use serde::Deserialize;
use thiserror::Error;

use super::settings::NodeUrl;

/// Why a request, or one item of it, came to nothing.
#[derive(Clone, Debug, Error)]
pub(super) enum Failure {
    /// It never reached a node, so it was not carried out.
    #[error("{0}")]
    NotSent(String),
    /// It was sent and not answered: it may have been carried out, or still be.
    #[error("{0}")]
    NoAnswer(String),
    /// The cluster cannot do it now, and has not done it.
    #[error("{0}")]
    Busy(String),
    /// The cluster will not do it, however often it is asked.
    #[error("{0}")]
    Refused(String),
}

impl Failure {
    /// What an error of the client says.
    pub(super) fn of_client(error: &elasticsearch::Error) -> Self {
        let cause = causes(error);
        let http = error
            .source()
            .and_then(|source| source.downcast_ref::<reqwest::Error>());
        if http.is_some_and(|http| http.is_connect() || http.is_builder()) {
            return Self::NotSent(cause);
        }
        Self::NoAnswer(cause)
    }

    /// The same, saying which node it was.
    pub(super) fn at(self, node: &NodeUrl) -> Self {
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

    /// The same, when the request had been sent already.
    pub(super) fn after_sending(self) -> Self {
        match self {
            Self::NotSent(cause) => Self::NoAnswer(cause),
            other => other,
        }
    }

    /// What a status says that is neither success nor an answer to the question.
    pub(super) fn of_status(status: StatusCode, body: &[u8]) -> Self {
        let cause = format!("{status}: {}", Cause::read(body));
        match status.as_u16() {
            429 | 503 => Self::Busy(cause),
            502 | 504 => Self::NoAnswer(cause),
            _ => Self::Refused(cause),
        }
    }

    /// What an error inside an answer says, of one document or one item.
    pub(super) fn of_item(status: u16, cause: &Cause) -> Self {
        let text = format!("{status}: {cause}");
        match (status, cause.kind.as_str()) {
            // An index that was closed to writes stays closed, be it that its disk is full (429).
            (429 | 403, "cluster_block_exception") => Self::Refused(text),
            // The copy of the shard that should do it was not there, or had no time for it.
            (429, _) | (503, "unavailable_shards_exception" | "cluster_block_exception") => {
                Self::Busy(text)
            }
            (_, "no_shard_available_action_exception" | "no_node_available_exception") => {
                Self::Busy(text)
            }
            (500..=599, _) => Self::NoAnswer(text),
            _ => Self::Refused(text),
        }
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        Self::Unavailable(failure.to_string())
    }
}

/// An error and what caused it, in one line.
fn causes(error: &elasticsearch::Error) -> String {
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

/// What Elasticsearch says of an error.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Cause {
    /// Its name, such as `index_not_found_exception`.
    #[serde(rename = "type", default)]
    pub(super) kind: String,
    #[serde(default)]
    reason: Option<String>,
}

impl Cause {
    /// Reads the cause out of the body of an answer.
    pub(super) fn read(body: &[u8]) -> Self {
        #[derive(Deserialize)]
        struct Body {
            error: Cause,
        }
        serde_json::from_slice::<Body>(body)
            .map(|body| body.error)
            .unwrap_or_default()
    }
}

/// Bounded, because a reason may repeat what was sent.
impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = if self.kind.is_empty() {
            "no reason given"
        } else {
            &self.kind
        };
        f.write_str(kind)?;
        if let Some(reason) = &self.reason {
            let bounded: String = reason.chars().take(200).collect();
            write!(f, " ({bounded})")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(status: u16, kind: &str) -> Failure {
        let cause = Cause {
            kind: kind.to_owned(),
            reason: None,
        };
        Failure::of_item(status, &cause)
    }

    #[test]
    fn what_was_rejected_was_not_done() {
        assert!(matches!(
            item(429, "es_rejected_execution_exception"),
            Failure::Busy(_)
        ));
        assert!(matches!(
            item(503, "unavailable_shards_exception"),
            Failure::Busy(_)
        ));
        let status = StatusCode::TOO_MANY_REQUESTS;
        assert!(matches!(Failure::of_status(status, b""), Failure::Busy(_)));
    }

    #[test]
    fn what_broke_in_the_middle_may_have_been_done() {
        assert!(matches!(item(500, "anything"), Failure::NoAnswer(_)));
        let status = StatusCode::GATEWAY_TIMEOUT;
        assert!(matches!(
            Failure::of_status(status, b""),
            Failure::NoAnswer(_)
        ));
    }

    #[test]
    fn a_full_disk_is_not_waited_for() {
        assert!(matches!(
            item(429, "cluster_block_exception"),
            Failure::Refused(_)
        ));
    }

    #[test]
    fn what_is_forbidden_is_not_tried_again() {
        assert!(matches!(
            item(403, "cluster_block_exception"),
            Failure::Refused(_)
        ));
        for status in [
            StatusCode::UNAUTHORIZED,
            StatusCode::FORBIDDEN,
            StatusCode::NOT_FOUND,
        ] {
            assert!(matches!(
                Failure::of_status(status, b"{}"),
                Failure::Refused(_)
            ));
        }
    }

    #[test]
    fn the_reason_of_the_cluster_is_told_and_bounded() {
        let reason = "x".repeat(1_000);
        let body = format!(r#"{{"error":{{"type":"a_exception","reason":"{reason}"}}}}"#);
        let text = Failure::of_status(StatusCode::BAD_REQUEST, body.as_bytes()).to_string();
        assert!(text.contains("a_exception (xxx"), "{text}");
        assert!(text.len() < 300);
    }
}
