//! The error types of server functions.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::{Bytes, codec::JsonEncoding};
use types::{Problem, pages::studio::FormProblem};

/// A [`Problem`] as the error of a server function; also one that arose in transport.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerFnProblem(pub Problem);

impl From<Problem> for ServerFnProblem {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

/// A [`FormProblem`] as the error of a server function; also a [`Problem`] that arose in transport.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerFnFormProblem(pub FormProblem);

impl From<Problem> for ServerFnFormProblem {
    fn from(problem: Problem) -> Self {
        Self(problem.into())
    }
}

impl FromServerFnError for ServerFnFormProblem {
    type Encoder = JsonEncoding;

    /// Reads a [`FormProblem`], or the bare [`Problem`] with which the server refuses a request before
    /// its function runs. serde's `untagged` would do the same, but it adds a buffering deserializer to
    /// the WebAssembly that nothing else there needs.
    fn de(data: Bytes) -> Self {
        let of_form = serde_json::from_slice(&data);
        let problem = of_form.or_else(|_| serde_json::from_slice(&data).map(FormProblem::Problem));
        Self(problem.unwrap_or(FormProblem::NoAnswer))
    }

    /// Maps an error of the transport. The response of a proxy instead of the server must not replace
    /// the page with the typed values, so it becomes [`FormProblem::NoAnswer`].
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_)
            | ServerFnErrorErr::Response(_)
            | ServerFnErrorErr::Deserialization(_) => Self(FormProblem::NoAnswer),
            error => ServerFnProblem::from_server_fn_error(error).0.into(),
        }
    }
}

impl FromServerFnError for ServerFnProblem {
    type Encoder = JsonEncoding;

    /// Maps an error of the transport: no network, or a response that is not from this server.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self(match error {
            ServerFnErrorErr::Request(_) => Problem::Unavailable(5),
            // The response has another format than this build expects. A plain form still works.
            ServerFnErrorErr::Response(_) | ServerFnErrorErr::Deserialization(_) => {
                Problem::StalePage
            }
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Problem::Malformed,
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Serialization(_) => Problem::Internal,
        })
    }
}

#[cfg(test)]
mod tests {
    use types::{Field, FieldErrors, Reason};

    use super::*;

    fn read(json: &[u8]) -> FormProblem {
        ServerFnFormProblem::de(Bytes::copy_from_slice(json)).0
    }

    #[test]
    fn a_form_is_refused_by_its_function_or_before_it_runs() {
        for problem in [
            Problem::StalePage,
            Problem::RateLimited(7),
            Problem::Invalid(FieldErrors::one(Field::OfferUrl(3), Reason::NotHttps)),
        ] {
            let alone = serde_json::to_vec(&ServerFnProblem(problem.clone())).unwrap();
            let of_form = serde_json::to_vec(&ServerFnFormProblem(problem.clone().into())).unwrap();
            for json in [alone, of_form] {
                assert_eq!(read(&json), problem.clone().into());
            }
        }
        let own = serde_json::to_vec(&ServerFnFormProblem(FormProblem::NoArtist)).unwrap();
        assert_eq!(read(&own), FormProblem::NoArtist);
    }

    #[test]
    fn what_somebody_else_answers_is_no_answer() {
        for other in ["", "<!DOCTYPE html><h1>Service Unavailable</h1>", "{}"] {
            assert_eq!(read(other.as_bytes()), FormProblem::NoAnswer, "{other}");
        }
    }
}
