//! An index that is built beside the live one and replaces it.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use domain::{
    documents::StoreError,
    search::{IndexEntry, IndexRebuild},
};
use elasticsearch::http::Method;
use serde_json::{Value, json};

use super::{
    entry_writer::{EntryWriter, WriteTargets},
    index::{self, SearchAliases},
};
use crate::elasticsearch::{
    client::{call::NodeRequest, cluster::Cluster, failure::RequestFailure},
    documents::refreshes,
};

/// Maximum number of attempts when other processes change the aliases.
const ROUNDS: u32 = 5;

/// An index that is being built.
pub(super) struct ElasticsearchRebuild {
    cluster: Arc<Cluster>,
    names: SearchAliases,
    index: String,
    lines: EntryWriter,
    /// True while the index may be removed on drop; false once it may have become live.
    is_ours: bool,
}

impl fmt::Debug for ElasticsearchRebuild {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ElasticsearchRebuild")
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

/// The alias through which the index is filled. A write to an abandoned index then fails; by its
/// name, Elasticsearch would create another one.
fn filling(index: &str) -> String {
    format!("{index}-filling")
}

impl ElasticsearchRebuild {
    /// Begins an index and abandons all that were begun before; a live process whose index is
    /// abandoned gets an error at its next write.
    pub(super) async fn begin(
        cluster: &Arc<Cluster>,
        names: &SearchAliases,
    ) -> Result<Self, RequestFailure> {
        let index = names.generation();
        let filling = filling(&index);
        index::create(cluster, &index, &json!({ &filling: {} })).await?;
        let building = Self {
            cluster: cluster.clone(),
            names: names.clone(),
            lines: EntryWriter::start(cluster, WriteTargets::One(filling.into())),
            index,
            is_ours: true,
        };
        building.take_over().await?;
        Ok(building)
    }

    async fn take_over(&self) -> Result<(), RequestFailure> {
        let mut last = RequestFailure::Busy("others begin rebuilds all the time".to_owned());
        for _ in 0..ROUNDS {
            let live = self.live().await?;
            let abandoned = self.abandoned(&live).await?;
            let removed = abandoned
                .iter()
                .map(|index| json!({ "remove_index": { "index": index } }));
            // An index that is to be removed may have become live since. Then the current live
            // index is no longer live, and the whole request fails.
            let unchanged = live.iter().flat_map(|index| {
                let alias = &self.names.live;
                [
                    json!({ "remove": { "index": index, "alias": alias, "must_exist": true } }),
                    json!({ "add": { "index": index, "alias": alias, "is_write_index": true } }),
                ]
            });
            let mut actions: Vec<Value> = unchanged.chain(removed).collect();
            actions.push(json!({ "add": {
                "index": self.index,
                "alias": self.names.building,
                "is_write_index": true,
            } }));
            let answer = index::swap(&self.cluster, &actions.into()).await?;
            match index::acknowledged(&answer) {
                Err(refused @ RequestFailure::Refused(_)) => last = refused,
                done => return done,
            }
        }
        Err(last)
    }

    /// The indices that are neither live nor this one.
    async fn abandoned(&self, live: &[String]) -> Result<Vec<String>, RequestFailure> {
        let pattern = format!("{}-*", self.names.live);
        let all = index::described(&self.cluster, &pattern).await?;
        let is_abandoned = |(name, one): &(String, index::SearchIndexDescription)| {
            self.names.is_generation(name)
                && *name != self.index
                && !live.contains(name)
                && !one.aliases.contains_key(&self.names.live)
        };
        let abandoned = all.into_iter().filter(is_abandoned);
        Ok(abandoned.map(|(name, _)| name).collect())
    }

    async fn live(&self) -> Result<Vec<String>, RequestFailure> {
        let live = index::described(&self.cluster, &self.names.live).await?;
        Ok(live.into_keys().collect())
    }

    async fn take_the_place(&self) -> Result<(), StoreError> {
        let mut last = StoreError::Conflict;
        for _ in 0..ROUNDS {
            let live = self.live().await?;
            // An attempt whose response was lost has succeeded.
            if live.contains(&self.index) {
                return Ok(());
            }
            let index = &self.index;
            let mut actions = vec![
                // A process that has begun another rebuild has removed this alias.
                json!({ "remove": {
                    "index": index, "alias": self.names.building, "must_exist": true } }),
                json!({ "remove": { "index": index, "alias": filling(index) } }),
                json!({ "add": {
                    "index": index, "alias": self.names.live, "is_write_index": true } }),
                json!({ "add": { "index": index, "alias": self.names.built } }),
            ];
            let old = live.iter();
            actions.extend(old.map(|old| json!({ "remove_index": { "index": old } })));
            let answer = index::swap(&self.cluster, &actions.into()).await;
            match answer.and_then(|answer| index::acknowledged(&answer)) {
                Ok(()) => return Ok(()),
                Err(RequestFailure::Refused(_)) if !self.is_begun().await? => {
                    last = StoreError::Conflict
                }
                Err(failure) => last = failure.into(),
            }
        }
        Err(last)
    }

    /// True if this is still the index being built.
    async fn is_begun(&self) -> Result<bool, RequestFailure> {
        let building = index::described(&self.cluster, &self.names.building).await?;
        Ok(building.contains_key(&self.index))
    }

    /// Refreshes the index, so that its entries are visible from the moment it becomes live.
    async fn refresh(&self) -> Result<(), RequestFailure> {
        let call = NodeRequest::new(Method::Post, format!("/{}/_refresh", self.names.building));
        refreshes::send(&self.cluster, &call).await
    }
}

#[async_trait]
impl IndexRebuild for ElasticsearchRebuild {
    async fn put(&self, entries: Vec<IndexEntry>) -> Result<(), StoreError> {
        self.lines.put(entries).await
    }

    async fn finish(mut self: Box<Self>) -> Result<(), StoreError> {
        if !self.cluster.in_time(self.is_begun()).await? {
            return Err(StoreError::Conflict);
        }
        self.cluster.in_time(self.refresh()).await?;
        self.is_ours = false;
        self.cluster.in_time(self.take_the_place()).await
    }
}

/// Removes an abandoned index; if that fails, the next rebuild does.
impl Drop for ElasticsearchRebuild {
    fn drop(&mut self) {
        if !self.is_ours {
            return;
        }
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        let (cluster, index) = (self.cluster.clone(), std::mem::take(&mut self.index));
        runtime.spawn(async move {
            if let Err(failure) = index::remove(&cluster, &index).await {
                tracing::debug!(%failure, index, "an abandoned search index is left behind");
            }
        });
    }
}
