//! The index of one collection with its batches of reads and writes.

use std::sync::Arc;

use super::{
    cluster::Cluster,
    gather::Gatherer,
    reads::{self, Read},
    writes::{self, Write},
};

/// Maximum size of the envelope around a body in a response, in bytes: id, position, revision and
/// indexed fields.
pub(super) const AROUND: usize = 1_024;

/// The index of one collection. Requests are not shared between indices, so that a missing shard
/// of one does not delay the others.
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
