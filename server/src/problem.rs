//! The only mapping of what went wrong to a status, a sentence, an envelope and a log line.

mod answer;
mod sentence;

use std::borrow::Cow;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use domain::AccountId;
use serde_json::{Map, Value};
use types::{Field, FieldErrors, Problem, Reason};

pub(crate) use self::{
    answer::{is_for_programs, refuse, refuse_plainly, refuse_with_page},
    sentence::{of_field, of_status, shorten},
};

/// An answer that is not what was asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    /// The status.
    pub(crate) status: StatusCode,
    /// Stable, for programs.
    pub(crate) code: &'static str,
    /// In English, for the people who write programs.
    pub(crate) message: Cow<'static, str>,
    /// Messages by field.
    pub(crate) fields: Map<String, Value>,
    /// Seconds after which another try makes sense.
    pub(crate) retry_after: Option<u32>,
    /// The same, as a page tells it.
    pub(crate) problem: Problem,
}

/// What the log line of a refused request says of it; travels in the answer's extensions.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// The refusal's code.
    pub(crate) code: &'static str,
    /// Who was refused, where that is known.
    pub(crate) account: Option<AccountId>,
}

impl Refusal {
    /// A refusal with the standard sentence of its status.
    fn standard(status: StatusCode, code: &'static str, problem: Problem) -> Self {
        Self {
            status,
            code,
            message: of_status(status).into(),
            fields: Map::new(),
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
        Self::standard(StatusCode::NOT_FOUND, "not_found", Problem::Malformed)
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

    pub(crate) fn too_large() -> Self {
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        Self::standard(status, "content_too_large", Problem::Malformed)
    }

    pub(crate) fn misdirected() -> Self {
        let status = StatusCode::MISDIRECTED_REQUEST;
        Self::standard(status, "misdirected_request", Problem::Malformed)
    }

    /// Fields that are refused, each with its own sentence; the message is the first of them.
    pub(crate) fn of_fields(code: &'static str, fields: Vec<(&str, String)>) -> Self {
        let mut refusal = Self::bad_request(of_status(StatusCode::BAD_REQUEST));
        refusal.code = code;
        if let Some((_, first)) = fields.first() {
            refusal.message = first.clone().into();
        }
        let named = fields.into_iter();
        refusal.fields = named
            .map(|(name, why)| (name.to_owned(), why.into()))
            .collect();
        refusal
    }

    /// The refusal of a sign-up or another form; `email_address` is what was typed.
    pub(crate) fn of_form(problem: Problem, email_address: &str) -> Self {
        let Problem::Invalid(errors) = &problem else {
            return problem.into();
        };
        let sentences = errors
            .iter()
            .map(|(field, reason)| (field.name(), of_field(field, reason, email_address)))
            .collect();
        let mut refusal = Self::of_fields("invalid", sentences);
        if is_taken(errors) {
            refusal.status = StatusCode::CONFLICT;
            refusal.code = "already_exists";
        }
        refusal.problem = problem;
        refusal
    }

    /// The log line's part of an answer.
    pub(crate) fn outcome(&self, account: Option<AccountId>) -> Outcome {
        Outcome {
            code: self.code,
            account,
        }
    }

    /// Gives an answer this refusal's status and headers.
    pub(crate) fn mark(&self, response: &mut Response, account: Option<AccountId>) {
        *response.status_mut() = self.status;
        if let Some(seconds) = self.retry_after {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self.outcome(account));
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let (status, code) = match &problem {
            Problem::Invalid(_) => return Self::of_form(problem, ""),
            Problem::BadCredentials => (StatusCode::BAD_REQUEST, "bad_credentials"),
            Problem::Unauthenticated => (StatusCode::UNAUTHORIZED, "unauthorized"),
            Problem::SignupClosed => (StatusCode::FORBIDDEN, "signup_closed"),
            Problem::RateLimited(_) => (StatusCode::TOO_MANY_REQUESTS, "rate_limited"),
            Problem::Busy(_) => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Problem::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Problem::CrossSite => (StatusCode::FORBIDDEN, "cross_site"),
            Problem::StalePage => (StatusCode::CONFLICT, "stale_page"),
            Problem::Malformed => (StatusCode::BAD_REQUEST, "bad_request"),
            Problem::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal_server_error"),
        };
        let mut refusal = Self::standard(status, code, problem);
        if let Some(sentence) = sentence::of_problem(&refusal.problem) {
            refusal.message = sentence.into();
        }
        refusal
    }
}

fn is_taken(errors: &FieldErrors) -> bool {
    errors.get(Field::EmailAddress) == Some(Reason::Taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_address_is_a_conflict_with_its_own_sentence() {
        let refusal = Refusal::of_form(Problem::address_taken(), "Ada@example.org");
        assert_eq!(refusal.status, StatusCode::CONFLICT);
        assert_eq!(refusal.code, "already_exists");
        assert_eq!(refusal.message, "'Ada@example.org' already exists.");
        assert_eq!(
            refusal.fields["email_address"],
            "'Ada@example.org' already exists."
        );
    }

    #[test]
    fn the_first_refused_field_gives_the_message_and_all_are_listed() {
        let mut errors = FieldErrors::one(Field::EmailAddress, Reason::NotAnEmailAddress);
        errors.note::<()>(Field::Password, Err(Reason::TooShort(12)));
        let refusal = Refusal::of_form(Problem::Invalid(errors), "abc");
        assert_eq!(refusal.status, StatusCode::BAD_REQUEST);
        assert_eq!(refusal.message, "'abc' is not valid 'email_address'.");
        assert_eq!(refusal.fields.len(), 2);
    }

    #[test]
    fn waiting_helps_where_the_problem_says_so() {
        for (problem, status) in [
            (Problem::RateLimited(7), StatusCode::TOO_MANY_REQUESTS),
            (Problem::Busy(7), StatusCode::SERVICE_UNAVAILABLE),
            (Problem::Unavailable(7), StatusCode::SERVICE_UNAVAILABLE),
        ] {
            let refusal = Refusal::from(problem);
            assert_eq!((refusal.status, refusal.retry_after), (status, Some(7)));
        }
    }

    #[test]
    fn codes_tell_problems_apart() {
        let problems = [
            Problem::BadCredentials,
            Problem::Unauthenticated,
            Problem::SignupClosed,
            Problem::RateLimited(1),
            Problem::Busy(1),
            Problem::Unavailable(1),
            Problem::CrossSite,
            Problem::StalePage,
            Problem::Malformed,
            Problem::Internal,
        ];
        let codes: std::collections::HashSet<_> = problems
            .clone()
            .map(|problem| Refusal::from(problem).code)
            .into();
        assert_eq!(codes.len(), problems.len());
    }
}
