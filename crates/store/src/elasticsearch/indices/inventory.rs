//! The indices of the cluster that have our names.

use std::{collections::BTreeMap, sync::Arc};

use elasticsearch::http::Method;
use serde::Deserialize;
use serde_json::Value;

use super::{nodes, version_in};
use crate::elasticsearch::client::{
    call::NodeRequest, cluster::Cluster, connect_error::ConnectError, failure::RequestFailure,
    settings::IndexPrefix,
};

/// The indices whose names begin like those of some collections.
#[derive(Debug)]
pub(crate) struct Inventory {
    prefix: IndexPrefix,
    pub(crate) indices: BTreeMap<String, IndexDescription>,
}

/// An index as the cluster describes it.
#[derive(Debug, Deserialize)]
pub(crate) struct IndexDescription {
    #[serde(default)]
    pub(crate) aliases: BTreeMap<String, Value>,
    #[serde(default)]
    pub(crate) mappings: Value,
    #[serde(default)]
    pub(crate) settings: BTreeMap<String, Value>,
}

/// The index of a collection at a data version.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VersionedIndex<'a> {
    /// The data version of its documents.
    pub(crate) version: u32,
    pub(crate) index: &'a str,
    pub(crate) described: &'a IndexDescription,
}

impl Inventory {
    /// Reads the indices from the cluster.
    pub(crate) async fn read_indices(
        cluster: &Arc<Cluster>,
        names: &[&str],
    ) -> Result<Self, ConnectError> {
        let prefix = &cluster.settings.prefix;
        let asked = names.iter();
        let asked: Vec<_> = asked
            .map(|name| format!("{prefix}-{name},{prefix}-{name}-*"))
            .collect();
        let call = NodeRequest::new(Method::Get, format!("/{}", asked.join(",")))
            .query("ignore_unavailable", true)
            .query("expand_wildcards", "open,closed,hidden")
            .query("flat_settings", true)
            .query("filter_path", "*.aliases,*.mappings,*.settings");
        let found = async { cluster.send(&call).await?.success() }.await;
        Ok(Self {
            prefix: prefix.clone(),
            indices: found
                .map_err(|failure: RequestFailure| ConnectError::of(&failure, &nodes(cluster)))?,
        })
    }

    /// The index behind the alias of a collection, or none.
    ///
    /// # Errors
    /// [`ConnectError::Foreign`] if an index has the name of an alias, or two indices share one;
    /// [`ConnectError::Mixed`] if the collection has two data versions.
    pub(crate) fn indices_of(&self, name: &str) -> Result<Vec<VersionedIndex<'_>>, ConnectError> {
        let mut kept: Vec<VersionedIndex<'_>> = Vec::new();
        for (index, described) in &self.indices {
            if version_in(index, &self.prefix, name).is_some() {
                return Err(ConnectError::Foreign(index.clone()));
            }
            for alias in described.aliases.keys() {
                let Some(version) = version_in(alias, &self.prefix, name) else {
                    continue;
                };
                if kept.iter().any(|other| other.version == version) {
                    return Err(ConnectError::Foreign(alias.clone()));
                }
                kept.push(VersionedIndex {
                    version,
                    index,
                    described,
                });
            }
        }
        Ok(kept)
    }

    /// True if an index has a name of this collection.
    pub(crate) fn is_of(&self, index: &str, name: &str) -> bool {
        let rest = index.strip_prefix(&format!("{}-{name}-", self.prefix));
        let version = rest.and_then(|rest| rest.split('-').next());
        version.is_some_and(|version| version.parse::<u32>().is_ok())
    }

    /// An index with the data version that all collections have.
    ///
    /// # Errors
    /// [`ConnectError::Mixed`] if they have several.
    pub(crate) fn newest(
        &self,
        names: &[&str],
    ) -> Result<Option<VersionedIndex<'_>>, ConnectError> {
        let mut all = Vec::new();
        for name in names {
            all.extend(self.indices_of(name)?);
        }
        all.sort_by_key(|kept| kept.version);
        match (all.first(), all.last()) {
            (Some(oldest), Some(newest)) if oldest.version != newest.version => {
                Err(ConnectError::Mixed {
                    older: oldest.index.to_owned(),
                    newer: newest.index.to_owned(),
                })
            }
            (_, newest) => Ok(newest.copied()),
        }
    }
}
