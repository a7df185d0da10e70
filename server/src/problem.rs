//! The only mapping of a problem to status, sentence, envelope and log line.

mod respond;
mod sentence;

use std::{borrow::Cow, time::Duration};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::{Map, Value};
use types::{FieldErrors, Problem, Reason};

pub(crate) use self::{
    respond::{acquire, is_for_programs, refuse, refuse_plainly, refuse_with_page},
    sentence::{of_field, of_status, shorten},
};

/// The code of a refused JSON body whose fields are wrong.
pub(crate) const INVALID: &str = "invalid";

/// The response to a refused or failed request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ProblemResponse {
    /// The status.
    pub(crate) status: StatusCode,
    /// The stable code, for programs.
    pub(crate) code: &'static str,
    /// The sentence in English, for developers.
    pub(crate) message: Cow<'static, str>,
    /// Sentences by field.
    pub(crate) fields: Map<String, Value>,
    /// Seconds in `Retry-After`.
    pub(crate) retry_after: Option<u32>,
    /// The current version of an entity, after a conflict.
    pub(crate) current: Option<Box<CurrentVersion>>,
    /// The header with the accepted media types or encodings, such as `Accept-Post`.
    pub(crate) accepted: Option<&'static AcceptHeader>,
    /// The problem, for pages.
    pub(crate) problem: Problem,
}

/// The name of a header in lower case, and its value.
pub(crate) type AcceptHeader = (&'static str, &'static str);

/// The current version of an entity, for a caller whose update has failed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CurrentVersion {
    /// The representation that a `GET` returns.
    pub(crate) data: Value,
    /// The `ETag` of this version.
    pub(crate) tag: HeaderValue,
}

/// The code for the log line of a refused request; travels as an extension of the response.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RefusalCode {
    /// The code of the refusal.
    pub(crate) code: &'static str,
}

impl ProblemResponse {
    /// A refusal with the default sentence of its status.
    fn standard(status: StatusCode, code: &'static str, problem: Problem) -> Self {
        Self {
            status,
            code,
            message: of_status(status).into(),
            fields: Map::new(),
            current: None,
            accepted: None,
            retry_after: problem.retry_after(),
            problem,
        }
    }

    pub(crate) fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            message: message.into(),
            ..Self::standard(StatusCode::BAD_REQUEST, "bad_request", Problem::Malformed)
        }
    }

    pub(crate) fn not_found() -> Self {
        Problem::NotFound.into()
    }

    /// The refusal of a form of the studio, whose page shows the reasons.
    pub(crate) fn unprocessable() -> Self {
        let problem = Problem::Invalid(FieldErrors::default());
        Self::standard(StatusCode::UNPROCESSABLE_ENTITY, "invalid", problem)
    }

    /// The refusal of an update that started from another version than the current one.
    pub(crate) fn conflict(current: CurrentVersion) -> Self {
        Self {
            current: Some(Box::new(current)),
            ..Problem::Conflict.into()
        }
    }

    pub(crate) fn method_not_allowed() -> Self {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Self::standard(status, "method_not_allowed", Problem::Malformed)
    }

    pub(crate) fn timed_out() -> Self {
        Self::standard(
            StatusCode::REQUEST_TIMEOUT,
            "request_timeout",
            Problem::Malformed,
        )
    }

    /// The refusal of a source that has sent too many requests.
    pub(crate) fn too_many_reads(retry_after: Duration) -> Self {
        Self {
            message: "There have been too many requests from this address. Try again later.".into(),
            ..Problem::RateLimited(seconds(retry_after)).into()
        }
    }

    /// The refusal of a read while the queue is full.
    pub(crate) fn too_much_waits(retry_after: Duration) -> Self {
        Self {
            message: "The server has too much to do. Try again later.".into(),
            ..Problem::Busy(seconds(retry_after)).into()
        }
    }

    pub(crate) fn too_large() -> Self {
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        Self::standard(status, "content_too_large", Problem::Malformed)
    }

    /// The refusal of a body whose type or coding is not `accepted`.
    pub(crate) fn unsupported(message: &'static str, accepted: &'static AcceptHeader) -> Self {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Self {
            message: message.into(),
            accepted: Some(accepted),
            ..Self::standard(status, "unsupported_media_type", Problem::Malformed)
        }
    }

    /// Adds the header with the accepted media types or encodings.
    #[must_use]
    pub(crate) fn accepting(self, accepted: &'static AcceptHeader) -> Self {
        Self {
            accepted: Some(accepted),
            ..self
        }
    }

    pub(crate) fn not_implemented() -> Self {
        let status = StatusCode::NOT_IMPLEMENTED;
        Self::standard(status, "not_implemented", Problem::Malformed)
    }

    pub(crate) fn misdirected() -> Self {
        let status = StatusCode::MISDIRECTED_REQUEST;
        Self::standard(status, "misdirected_request", Problem::Malformed)
    }

    /// The refusal of fields with their sentences; the message is the first of them.
    pub(crate) fn of_fields(code: &'static str, fields: Vec<(impl Into<String>, String)>) -> Self {
        let mut refusal = Self::bad_request(of_status(StatusCode::BAD_REQUEST));
        refusal.code = code;
        if let Some((_, first)) = fields.first() {
            refusal.message = first.clone().into();
        }
        let named = fields.into_iter();
        refusal.fields = named.map(|(name, why)| (name.into(), why.into())).collect();
        refusal
    }

    /// The refusal of a form of the account; `email_address` as typed, for the sentences.
    pub(crate) fn of_form(problem: Problem, email_address: &str) -> Self {
        let Problem::Invalid(errors) = &problem else {
            return problem.into();
        };
        let sentences = errors
            .iter()
            .map(|(field, reason)| (field.path(), of_field(field, reason, email_address)))
            .collect();
        let mut refusal = Self::of_fields(INVALID, sentences);
        if is_taken(errors) {
            refusal.status = StatusCode::CONFLICT;
            refusal.code = "already_exists";
        }
        refusal.problem = problem;
        refusal
    }

    /// Sets status and headers of a response, and its code for the log.
    pub(crate) fn mark(&self, response: &mut Response) {
        *response.status_mut() = self.status;
        if let Some(seconds) = self.retry_after {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(current) = &self.current {
            let headers = response.headers_mut();
            headers.insert(header::ETAG, current.tag.clone());
        }
        if let Some((name, value)) = self.accepted {
            let value = HeaderValue::from_static(value);
            response.headers_mut().insert(*name, value);
        }
        response
            .extensions_mut()
            .insert(RefusalCode { code: self.code });
    }
}

impl From<Problem> for ProblemResponse {
    fn from(problem: Problem) -> Self {
        let (status, code) = match &problem {
            Problem::Invalid(_) => return Self::of_form(problem, ""),
            Problem::BadCredentials => (StatusCode::BAD_REQUEST, "bad_credentials"),
            Problem::Unauthenticated => (StatusCode::UNAUTHORIZED, "unauthorized"),
            Problem::SignupClosed => (StatusCode::FORBIDDEN, "signup_closed"),
            Problem::RateLimited(_) => (StatusCode::TOO_MANY_REQUESTS, "rate_limited"),
            Problem::Busy(_) => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Problem::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Problem::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Problem::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
            Problem::Conflict => (StatusCode::PRECONDITION_FAILED, "precondition_failed"),
            Problem::Unversioned => (StatusCode::PRECONDITION_REQUIRED, "precondition_required"),
            Problem::Full(_) => (StatusCode::CONFLICT, "full"),
            Problem::CrossSite => (StatusCode::FORBIDDEN, "cross_site"),
            Problem::StalePage => (StatusCode::CONFLICT, "stale_page"),
            Problem::Malformed => (StatusCode::BAD_REQUEST, "bad_request"),
            Problem::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal_server_error"),
        };
        let mut refusal = Self::standard(status, code, problem);
        if let Some(sentence) = sentence::of_problem(&refusal.problem) {
            refusal.message = sentence;
        }
        refusal
    }
}

/// Whether a response is a 404.
pub(crate) fn is_not_found(response: &Response) -> bool {
    response.status() == StatusCode::NOT_FOUND
}

/// Whole seconds, rounded up, at least one.
fn seconds(span: Duration) -> u32 {
    u32::try_from(span.as_millis().div_ceil(1_000))
        .unwrap_or(u32::MAX)
        .max(1)
}

fn is_taken(errors: &FieldErrors) -> bool {
    errors.iter().any(|(_, reason)| reason == Reason::Taken)
}

#[cfg(test)]
mod tests;
