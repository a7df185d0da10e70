//! Helpers of the claims.

use std::sync::Arc;

use domain::{
    documents::Consistency,
    search::{
        EntityKind, Filter, IndexEntry, PageStart, QueryWords, Scope, SearchIndex, SearchQuery,
        SearchResults, Sort,
    },
};

pub(crate) type Index = Arc<dyn SearchIndex>;

/// A public video with this name, at version 1.
pub(crate) fn video(id: &str, name: &str) -> IndexEntry {
    IndexEntry {
        id: id.to_owned(),
        kind: EntityKind::Video,
        artist: "art_1".to_owned(),
        is_public: true,
        version: 1,
        is_tombstone: false,
        slug: String::new(),
        name: name.to_owned(),
        brand: String::new(),
        text: String::new(),
        created_at: 0,
        updated_at: 0,
        retailer_keys: Vec::new(),
        products: Vec::new(),
    }
}

pub(crate) fn tombstone(id: &str, version: u64) -> IndexEntry {
    IndexEntry {
        version,
        is_tombstone: true,
        ..video(id, "")
    }
}

/// The filter for products with an offer of a retailer with one of these lookup keys.
pub(crate) fn shop(known_by: &[&str]) -> Filter {
    Filter::RetailerKeys(known_by.iter().map(|one| (*one).to_owned()).collect())
}

/// A public search for a text.
pub(crate) fn query(text: &str) -> SearchQuery {
    SearchQuery {
        scope: Scope::Public,
        kinds: Vec::new(),
        words: QueryWords::parse(text),
        filter: Filter::None,
        sort: Sort::Relevance,
        page: PageStart::Offset(0),
        limit: 10,
        consistency: Consistency::Current,
    }
}

pub(crate) async fn search(index: &Index, query: &SearchQuery) -> SearchResults {
    index.search(query).await.unwrap()
}

/// The ids of the results of a query.
pub(crate) async fn ids(index: &Index, query: &SearchQuery) -> Vec<String> {
    let found = search(index, query).await;
    found.ids.into_iter().map(|(_, id)| id).collect()
}

/// The ids of the results for a text.
pub(crate) async fn found(index: &Index, text: &str) -> Vec<String> {
    ids(index, &query(text)).await
}

pub(crate) async fn put(index: &Index, entries: &[IndexEntry]) {
    index.put(entries.to_vec()).await.unwrap();
}

/// Number of entries, including drafts.
pub(crate) async fn count(index: &Index) -> u64 {
    let everything = SearchQuery {
        scope: Scope::Everything,
        limit: 0,
        ..query("")
    };
    search(index, &everything).await.total
}
