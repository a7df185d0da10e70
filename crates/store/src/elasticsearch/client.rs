//! The nodes of a cluster as one: requests, retries, and what an answer says of what was done.

pub(super) mod backoff;
pub(super) mod breaker;
pub(super) mod call;
pub(super) mod cluster;
pub(super) mod connect_error;
pub(super) mod failure;
pub(super) mod greeting;
pub(super) mod node;
pub(super) mod probe;
pub(super) mod settings;
pub(super) mod sniff;
pub(super) mod transport;
