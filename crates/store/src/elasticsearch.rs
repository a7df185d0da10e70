//! The document store on an Elasticsearch cluster, for several processes.
//!
//! Documents are read and written by id, which Elasticsearch does atomically and in real time;
//! only lists are searches, and only they need a refresh. A write is conditional on the position
//! at which the document was read (`if_seq_no`, `if_primary_term`) and carries a random token, so
//! that a write whose response was lost, or that the cluster has repeated by itself, is
//! distinguished from a write of another process.

mod client;
mod documents;
mod indices;
mod migrator;
mod search;

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
    client::{cluster::Cluster, greeting::greet},
    documents::{collection_index::CollectionIndex, positions::Positions, refreshes::Refreshes},
    indices::readiness::Readiness,
};
pub use self::{
    client::{
        connect_error::ConnectError,
        settings::{
            ClientCertificate, ClusterCredentials, ClusterSettings, IndexPrefix, NodeUrl, Secret,
        },
    },
    migrator::ElasticsearchMigrator,
};

/// The store on a cluster. Dropping it stops its tasks.
pub struct Elasticsearch {
    cluster: Arc<Cluster>,
    indices: HashMap<&'static str, CollectionIndex>,
    positions: Positions,
    refreshes: Refreshes,
    readiness: Readiness,
    /// True if `connect` has created the first indices of the documents, until the search index
    /// has asked.
    is_new: AtomicBool,
}

impl Elasticsearch {
    /// Connects to a cluster, creates missing indices and checks existing ones, at the data
    /// version of the program.
    ///
    /// # Errors
    /// If the cluster cannot be reached, rejects the credentials, or other indices have our names.
    /// [`ConnectError::may_pass`] says whether a retry is sensible.
    pub async fn connect(
        settings: ClusterSettings,
        collections: &[&'static Collection],
    ) -> Result<Self, ConnectError> {
        Self::connect_at(settings, collections, migrations::latest()).await
    }

    /// Connects at another data version, which the documents must have.
    ///
    /// # Errors
    /// As [`connect`](Self::connect).
    pub async fn connect_at(
        settings: ClusterSettings,
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
                (
                    one.name,
                    CollectionIndex::new(&cluster, alias, one.max_body_bytes),
                )
            })
            .collect();
        Ok(Self {
            positions: Positions::new(),
            refreshes: Refreshes::default(),
            readiness: Readiness::default(),
            indices: shelves,
            cluster,
            is_new: AtomicBool::new(is_new),
        })
    }

    /// Inspects a cluster without changing it; returns its version and the collections without an
    /// index.
    ///
    /// # Errors
    /// As [`connect`](Self::connect).
    pub async fn inspect(
        settings: ClusterSettings,
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

    fn collection_index(
        &self,
        collection: &'static Collection,
    ) -> Result<&CollectionIndex, StoreError> {
        self.indices.get(collection.name).ok_or_else(|| {
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
