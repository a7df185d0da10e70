//! The index of one collection, and what waits to be read from it and written to it.

use std::sync::Arc;

use super::{
    cluster::Cluster,
    gather::Gatherer,
    reads::{self, Read},
    writes::{self, Write},
};

/// What stands around a body in an answer: its id, position, revision and what it is listed by, in
/// bytes.
pub(super) const AROUND: usize = 1_024;

/// The index of one collection. Calls share requests with others of the same index only, so that one
/// whose shard is gone does not hold up those of others.
#[derive(Debug)]
pub(super) struct Shelf {
    /// The alias.
    pub(super) index: Arc<str>,
    /// Maximum size of a document, in bytes.
    pub(super) largest: usize,
    pub(super) reads: Gatherer<Read>,
    pub(super) writes: Gatherer<Write>,
}

impl Shelf {
    pub(super) fn new(cluster: &Arc<Cluster>, index: Arc<str>, largest: usize) -> Self {
        Self {
            largest: largest + AROUND,
            reads: reads::start(cluster, &index),
            writes: writes::start(cluster, &index),
            index,
        }
    }
}
