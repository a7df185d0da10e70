//! The index of one collection with its batches of reads and writes.

use std::sync::Arc;

use super::{
    batcher::Batcher,
    reads::{self, DocumentRead},
    writes::{self, DocumentWrite},
};
use crate::elasticsearch::client::cluster::Cluster;

/// Maximum size of the envelope around a body in a response, in bytes: id, position, revision and
/// indexed fields.
pub(crate) const ENVELOPE_BYTES: usize = 1_024;

/// The index of one collection. Requests are not shared between indices, so that a missing shard
/// of one does not delay the others.
#[derive(Debug)]
pub(crate) struct CollectionIndex {
    /// The alias.
    pub(crate) index: Arc<str>,
    /// Maximum size of a document, in bytes.
    pub(crate) largest: usize,
    pub(crate) reads: Batcher<DocumentRead>,
    pub(crate) writes: Batcher<DocumentWrite>,
}

impl CollectionIndex {
    pub(crate) fn new(cluster: &Arc<Cluster>, index: Arc<str>, largest: usize) -> Self {
        Self {
            largest: largest + ENVELOPE_BYTES,
            reads: reads::start(cluster, &index),
            writes: writes::start(cluster, &index),
            index,
        }
    }
}
