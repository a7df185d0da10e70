//! Flows: the requesters among which the queue is fair.

use crate::caller::ClientNetwork;

/// A flow in the sense of fair queueing (RFC 8290): flows take turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flow {
    /// Requests of one source.
    Source(ClientNetwork),
    /// Commands of the operator, which have no source.
    Operator,
    /// Passwords that are hashed again with today's parameters, after the response.
    Rehashing,
}

impl Flow {
    /// The flow of a request.
    pub(crate) fn of(source: Option<ClientNetwork>) -> Self {
        source.map_or(Self::Operator, Self::Source)
    }
}

/// The account within a flow: the SHA-256 of its canonical address, whether or not the account
/// exists, so that the order does not reveal it.
pub(crate) type AccountKey = [u8; 32];
