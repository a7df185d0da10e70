//! Sends requests to the nodes of a cluster, with retries, and decides whether a failed one may have
//! taken effect.

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
