//! The documents in the indices of an Elasticsearch cluster, for more than one process.
//!
//! A document is read and written by its id, which Elasticsearch does at once and atomically; only
//! lists are searched for, and only they need a refresh. A write names the place where the document
//! lay when it was read, and carries a token, so that a write whose answer was lost, or that the
//! cluster has repeated by itself, is told from somebody else's.

mod answers;
mod backoff;
mod breaker;
mod call;
mod cluster;
mod connect_error;
mod documents;
mod entry;
mod failure;
mod gather;
mod greeting;
mod index_settings;
mod indices;
mod inventory;
mod lists;
mod mapping;
mod migrator;
mod node;
mod positions;
mod probe;
mod readiness;
mod reads;
mod refreshes;
mod search;
mod settings;
mod shelf;
mod sniff;
mod transport;
mod writes;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, atomic::AtomicBool},
};

use domain::{
    documents::{Collection, StoreError},
    migrations,
};

use self::{
    cluster::Cluster, greeting::greet, positions::Positions, readiness::Readiness,
    refreshes::Refreshes, shelf::Shelf,
};
pub use self::{
    connect_error::ConnectError,
    migrator::Migrator,
    settings::{Access, ClientCertificate, NodeUrl, Prefix, Secret, Settings},
};

/// The store on a cluster. Cheap to share; it stops when it is dropped.
pub struct Elasticsearch {
    cluster: Arc<Cluster>,
    shelves: HashMap<&'static str, Shelf>,
    positions: Positions,
    refreshes: Refreshes,
    readiness: Readiness,
    /// Whether there was no index of the documents before this has made them, until it is asked.
    is_new: AtomicBool,
}

impl Elasticsearch {
    /// Connects to a cluster, makes the indices that are missing and checks those that are there, at
    /// the data version of the program.
    ///
    /// # Errors
    /// When the cluster cannot be reached, does not know us, or has anything else in the place of
    /// our indices. [`ConnectError::may_pass`] tells whether it is worth to wait.
    pub async fn connect(
        settings: Settings,
        collections: &[&'static Collection],
    ) -> Result<Self, ConnectError> {
        Self::connect_at(settings, collections, migrations::latest()).await
    }

    /// Connects at another data version, which the documents must have.
    ///
    /// # Errors
    /// As [`connect`](Self::connect).
    pub async fn connect_at(
        settings: Settings,
        collections: &[&'static Collection],
        version: u32,
    ) -> Result<Self, ConnectError> {
        let cluster = Cluster::new(settings)?;
        greet(&cluster).await?;
        let is_new = indices::prepare(&cluster, collections, version).await?;
        let prefix = &cluster.settings.prefix;
        let shelves = collections
            .iter()
            .map(|one| {
                let alias = indices::alias(prefix, one.name, version);
                (one.name, Shelf::new(&cluster, alias, one.largest))
            })
            .collect();
        Ok(Self {
            positions: Positions::new(),
            refreshes: Refreshes::default(),
            readiness: Readiness::default(),
            shelves,
            cluster,
            is_new: AtomicBool::new(is_new),
        })
    }

    /// Looks at a cluster without changing it; gives its version, and the collections that have no
    /// index yet.
    ///
    /// # Errors
    /// As [`connect`](Self::connect).
    pub async fn inspect(
        settings: Settings,
        collections: &[&'static Collection],
    ) -> Result<(String, Vec<&'static str>), ConnectError> {
        let cluster = Cluster::new(settings)?;
        let version = greet(&cluster).await?;
        let at = migrations::latest();
        let missing = indices::missing(&cluster, collections, at).await?;
        if missing.is_empty() {
            indices::ready(&cluster, collections, at).await?;
        }
        Ok((version, missing.iter().map(|one| one.name).collect()))
    }

    fn shelf(&self, collection: &'static Collection) -> Result<&Shelf, StoreError> {
        self.shelves.get(collection.name).ok_or_else(|| {
            StoreError::Damaged(format!("there is no index for `{}`", collection.name))
        })
    }
}

impl fmt::Debug for Elasticsearch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Elasticsearch")
            .field("cluster", &self.cluster)
            .finish_non_exhaustive()
    }
}
