//! The error of every server function.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use types::Problem;

/// A [`Problem`] on its way to the browser, or one that arose on the way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failure(pub Problem);

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    /// An error of the transport: the network, or an answer that is not ours.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self(match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Problem::Unavailable(5),
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Problem::Malformed,
            ServerFnErrorErr::Deserialization(_) | ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_)
            | ServerFnErrorErr::ServerError(_) | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Serialization(_) => Problem::Internal,
        })
    }
}
