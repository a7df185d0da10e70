//! The indices of the search and their aliases.

use std::{collections::BTreeMap, sync::Arc};

use domain::search::{ANALYSIS_VERSION, MAX_OFFSET};
use elasticsearch::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::indices::{nodes, wait};
use crate::elasticsearch::{
    client::{
        call::{NodeRequest, NodeResponse, milliseconds},
        cluster::Cluster,
        connect_error::ConnectError,
        failure::{ErrorCause, RequestFailure},
        settings::IndexPrefix,
    },
    indices::{index_settings, mapping},
};

/// The version of the mapping below.
const MAPPING: u64 = 4;
/// The version of an index, which its mapping and its name contain: the sum of the versions of the
/// mapping and of the analyser. Neither is ever lowered, so it rises with each.
const SCHEMA: u64 = MAPPING + ANALYSIS_VERSION;
/// Suffix of the index that is created when there is none.
const FIRST: &str = "first";
/// Maximum number of rounds in which processes that start together create the index.
const ROUNDS: u32 = 5;

/// The aliases.
#[derive(Clone, Debug)]
pub(super) struct SearchAliases {
    /// The live index, which is searched and written.
    pub(super) live: String,
    /// The index that is being built, which is written too.
    pub(super) building: String,
    /// Marks a live index that came from a rebuild.
    pub(super) built: String,
}

impl SearchAliases {
    pub(super) fn new(prefix: &IndexPrefix) -> Self {
        Self {
            live: format!("{prefix}-search"),
            building: format!("{prefix}-search-building"),
            built: format!("{prefix}-search-built"),
        }
    }

    /// A unique name for a new index.
    pub(super) fn generation(&self) -> String {
        format!("{}-{SCHEMA}-{:016x}", self.live, rand::random::<u64>())
    }

    /// True if an index is one of these, of any version. An index of another installation may
    /// begin with the same name, if its prefix does.
    pub(super) fn is_generation(&self, index: &str) -> bool {
        let rest = index.strip_prefix(&self.live);
        let parts = rest.and_then(|rest| rest.strip_prefix('-')?.split_once('-'));
        parts.is_some_and(|(schema, which)| {
            schema.parse::<u64>().is_ok()
                && (which == FIRST || which.len() == 16 && u64::from_str_radix(which, 16).is_ok())
        })
    }

    /// The name of the first index, the same for all processes that start together.
    fn first(&self) -> String {
        format!("{}-{SCHEMA}-{FIRST}", self.live)
    }
}

/// The state of an index that is created where there was none.
#[derive(Clone, Copy, Debug)]
pub(super) enum InitialState {
    /// Complete: there are no documents that could be missing.
    Complete,
    /// To be built from the documents.
    Incomplete,
}

/// Creates or replaces the index behind the alias if necessary, and waits until it is usable.
pub(super) async fn prepare(
    cluster: &Arc<Cluster>,
    names: &SearchAliases,
    initial_state: InitialState,
) -> Result<(), ConnectError> {
    let failed = |failure: RequestFailure| ConnectError::of(&failure, &nodes(cluster));
    for _ in 0..ROUNDS {
        let made = match inspect(cluster, names).await? {
            IndexState::UpToDate => {
                let live = [names.live.as_str().into()];
                return wait(cluster, &live).await.map_err(failed);
            }
            IndexState::Missing => {
                let mut aliases = json!({ &names.live: { "is_write_index": true } });
                if let InitialState::Complete = initial_state {
                    aliases[&names.built] = json!({});
                }
                create(cluster, &names.first(), &aliases).await
            }
            IndexState::Old(index) => replace(cluster, names, &index).await,
        };
        // It is no error if another process was faster.
        if let Err(failure) = made
            && !matches!(failure, RequestFailure::Refused(_))
        {
            return Err(failed(failure));
        }
    }
    let text = format!("the index `{}` cannot be made", names.live);
    Err(failed(RequestFailure::Refused(text)))
}

enum IndexState {
    UpToDate,
    Missing,
    /// It is ours, but of an older version or modified.
    Old(String),
}

async fn inspect(
    cluster: &Arc<Cluster>,
    names: &SearchAliases,
) -> Result<IndexState, ConnectError> {
    let found = described(cluster, &names.live).await;
    let found = found.map_err(|failure| ConnectError::of(&failure, &nodes(cluster)))?;
    let mut found = found.into_iter();
    let (index, described) = match (found.next(), found.next()) {
        (None, _) => return Ok(IndexState::Missing),
        (Some(one), None) if one.1.aliases.contains_key(&names.live) => one,
        _ => return Err(ConnectError::Foreign(names.live.clone())),
    };
    let Some(version) = mapping::version(&described.mappings) else {
        return Err(ConnectError::Foreign(index));
    };
    if version > SCHEMA {
        return Err(ConnectError::Newer {
            index,
            found: version,
            known: SCHEMA,
        });
    }
    if index_settings::is_closed(&described.settings) {
        return Err(ConnectError::Closed(index));
    }
    if let Some(setting) = index_settings::unfit(&described.settings) {
        return Err(ConnectError::Setting { index, setting });
    }
    let is_changed = mapping::difference(&described.mappings, &of_entries()).is_some();
    if version < SCHEMA || is_changed {
        return Ok(IndexState::Old(index));
    }
    Ok(IndexState::UpToDate)
}

/// The indices that a name or a pattern stands for.
pub(super) async fn described(
    cluster: &Arc<Cluster>,
    names: &str,
) -> Result<BTreeMap<String, SearchIndexDescription>, RequestFailure> {
    let call = NodeRequest::new(Method::Get, format!("/{names}"))
        .query("ignore_unavailable", true)
        .query("flat_settings", true)
        .query("filter_path", "*.aliases,*.mappings,*.settings");
    cluster.send(&call).await?.success()
}

#[derive(Debug, Deserialize)]
pub(super) struct SearchIndexDescription {
    #[serde(default)]
    pub(super) aliases: BTreeMap<String, Value>,
    #[serde(default)]
    mappings: Value,
    #[serde(default)]
    settings: BTreeMap<String, Value>,
}

/// Creates an index with these aliases.
pub(super) async fn create(
    cluster: &Arc<Cluster>,
    index: &str,
    aliases: &Value,
) -> Result<(), RequestFailure> {
    let mut settings = index_settings::ours();
    // One more than a page shows, to know whether there is another page.
    settings["index.max_result_window"] = (MAX_OFFSET + 1).into();
    let call = NodeRequest::new(Method::Put, format!("/{index}"))
        .query("timeout", milliseconds(cluster.patience()))
        .json(&json!({
            "aliases": aliases,
            "mappings": of_entries(),
            "settings": settings,
        }));
    let answer = cluster.send(&call).await?;
    // An attempt whose response was lost has created it.
    if ErrorCause::read(&answer.body).kind == "resource_already_exists_exception" {
        return Ok(());
    }
    acknowledged(&answer)
}

async fn replace(
    cluster: &Arc<Cluster>,
    names: &SearchAliases,
    old: &str,
) -> Result<(), RequestFailure> {
    let new = names.generation();
    create(cluster, &new, &json!({})).await?;
    tracing::warn!(
        old,
        new,
        "the search index is not what it should be and is begun anew"
    );
    let actions = json!([
        { "remove_index": { "index": old } },
        { "add": { "index": new, "alias": names.live, "is_write_index": true } },
    ]);
    let answer = swap(cluster, &actions).await?;
    if !answer.status.is_success() {
        remove(cluster, &new).await?;
    }
    acknowledged(&answer)
}

/// Changes aliases atomically.
pub(super) async fn swap(
    cluster: &Arc<Cluster>,
    actions: &Value,
) -> Result<NodeResponse, RequestFailure> {
    let call = NodeRequest::new(Method::Post, "/_aliases")
        .query("timeout", milliseconds(cluster.patience()))
        .json(&json!({ "actions": actions }));
    cluster.send(&call).await
}

/// Fails unless all nodes have acknowledged the change: a node that did not may still send
/// documents to the former index.
pub(super) fn acknowledged(answer: &NodeResponse) -> Result<(), RequestFailure> {
    #[derive(Deserialize)]
    struct AcknowledgedResponse {
        acknowledged: bool,
    }
    let cause = ErrorCause::read(&answer.body);
    if !cause.kind.is_empty() {
        return Err(RequestFailure::Refused(format!(
            "{}: {}",
            answer.status,
            cause.whole()
        )));
    }
    let done: AcknowledgedResponse = answer.success()?;
    if !done.acknowledged {
        let text = "not all nodes know of a change of the search index".to_owned();
        return Err(RequestFailure::NoAnswer(text));
    }
    Ok(())
}

/// Removes an index; it is no error if it does not exist.
pub(super) async fn remove(cluster: &Arc<Cluster>, index: &str) -> Result<(), RequestFailure> {
    let call =
        NodeRequest::new(Method::Delete, format!("/{index}")).query("ignore_unavailable", true);
    cluster.send(&call).await?.require_success()
}

/// True if the live index came from a rebuild.
pub(super) async fn is_built(
    cluster: &Arc<Cluster>,
    names: &SearchAliases,
) -> Result<bool, RequestFailure> {
    let built = described(cluster, &names.built).await?;
    Ok(built
        .values()
        .any(|one| one.aliases.contains_key(&names.live)))
}

/// The mapping. Terms are keywords, because the domain decides what a word is.
fn of_entries() -> Value {
    let term = json!({ "type": "keyword", "doc_values": false });
    let sorted = json!({ "type": "keyword" });
    json!({
        "dynamic": "strict",
        "_meta": { "inspired": { "schema": SCHEMA } },
        "properties": {
            "id": sorted,
            "kind": sorted,
            "artist": sorted,
            "slug": { "type": "keyword", "index": false },
            "is_public": { "type": "boolean", "doc_values": false },
            "is_gone": { "type": "boolean", "doc_values": false },
            "name": term,
            "brand": term,
            "text": term,
            "loose_name": term,
            "loose_brand": term,
            "loose_text": term,
            "name_key": sorted,
            "created_at": { "type": "long", "index": false },
            "updated_at": { "type": "long", "index": false },
            "shops": term,
            "products": term,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_indices_of_this_search_are_its_own() {
        let names = SearchAliases::new(&IndexPrefix::parse("inspired").unwrap());
        for (index, is_ours) in [
            ("inspired-search-1-first", true),
            ("inspired-search-12-00ff00ff00ff00ff", true),
            (names.generation().as_str(), true),
            ("inspired-search", false),
            ("inspired-search-1", false),
            ("inspired-search-accounts-1", false),
            ("inspired-search-search-1-first", false),
            ("inspired-search-1-last", false),
        ] {
            assert_eq!(names.is_generation(index), is_ours, "{index}");
        }
    }
}
