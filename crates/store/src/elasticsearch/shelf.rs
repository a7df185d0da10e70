//! The index of one collection, and what waits to be read from it and written to it.

use std::sync::Arc;

use super::{
    cluster::Cluster,
    gather::Gatherer,
    reads::{self, Read},
    writes::{self, Write},
};

/// The index of one collection. Calls share requests with others of the same index only, so that one
/// whose shard is gone does not hold up those of others.
#[derive(Debug)]
pub(super) struct Shelf {
    /// The alias.
    pub(super) index: Arc<str>,
    pub(super) reads: Gatherer<Read>,
    pub(super) writes: Gatherer<Write>,
}

impl Shelf {
    pub(super) fn new(cluster: &Arc<Cluster>, index: Arc<str>) -> Self {
        Self {
            reads: reads::start(cluster, &index),
            writes: writes::start(cluster, &index),
            index,
        }
    }
}
