//! Shorthand for what the claims do all the time.

use std::sync::Arc;

use domain::{
    documents::Currency,
    search::{EntityKind, Entry, Filter, Found, Page, Query, Scope, Search, Sort, Words},
};

pub(crate) type Index = Arc<dyn Search>;

/// A public video of this name, at version 1.
pub(crate) fn video(id: &str, name: &str) -> Entry {
    Entry {
        id: id.to_owned(),
        kind: EntityKind::Video,
        artist: "art_1".to_owned(),
        is_public: true,
        version: 1,
        is_gone: false,
        slug: String::new(),
        name: name.to_owned(),
        brand: String::new(),
        text: String::new(),
        created_at: 0,
        updated_at: 0,
        shops: Vec::new(),
        products: Vec::new(),
    }
}

pub(crate) fn tombstone(id: &str, version: u64) -> Entry {
    Entry {
        version,
        is_gone: true,
        ..video(id, "")
    }
}

/// A product has an offer of one of these shops.
pub(crate) fn shop(known_by: &[&str]) -> Filter {
    Filter::Shop(known_by.iter().map(|one| (*one).to_owned()).collect())
}

/// What somebody types, among what everybody may find.
pub(crate) fn query(text: &str) -> Query {
    Query {
        scope: Scope::Public,
        kinds: Vec::new(),
        words: Words::parse(text),
        filter: Filter::None,
        sort: Sort::Relevance,
        page: Page::Offset(0),
        limit: 10,
        currency: Currency::AsOfNow,
    }
}

pub(crate) async fn search(index: &Index, query: &Query) -> Found {
    index.search(query).await.unwrap()
}

/// The ids that a query finds.
pub(crate) async fn ids(index: &Index, query: &Query) -> Vec<String> {
    let found = search(index, query).await;
    found.ids.into_iter().map(|(_, id)| id).collect()
}

/// The ids that are found for a text.
pub(crate) async fn found(index: &Index, text: &str) -> Vec<String> {
    ids(index, &query(text)).await
}

pub(crate) async fn put(index: &Index, entries: &[Entry]) {
    index.put(entries.to_vec()).await.unwrap();
}

/// How many entries there are, drafts too.
pub(crate) async fn count(index: &Index) -> u64 {
    let everything = Query {
        scope: Scope::Everything,
        limit: 0,
        ..query("")
    };
    search(index, &everything).await.total
}
