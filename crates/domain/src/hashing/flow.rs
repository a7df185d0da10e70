//! Who a password is hashed for, as far as the order of the queue is concerned.

use crate::caller::Source;

/// A flow of the queue, in the sense of fair queueing (RFC 8290): flows take turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flow {
    /// Requests of one source.
    Source(Source),
    /// Commands of the operator, which have no source.
    Operator,
    /// Passwords that are hashed again with today's parameters, after the answer.
    Rehashing,
}

impl Flow {
    /// The flow of a request.
    pub(crate) fn of(source: Option<Source>) -> Self {
        source.map_or(Self::Operator, Self::Source)
    }
}

/// The account within a flow: the SHA-256 of its canonical address, whether or not there is such
/// an account, so that the order tells nothing.
pub(crate) type AccountKey = [u8; 32];
