//! The reference implementation of a search: it scores every entry.

use std::{cmp::Ordering, collections::BTreeMap};

use domain::search::{
    Cursor, CursorPosition, Filter, IndexEntry, PageStart, Scope, SearchQuery, SearchResults, Sort,
    Tokens, score,
};

/// All entries ever written.
#[derive(Debug, Default)]
pub(crate) struct Model(BTreeMap<String, (IndexEntry, Tokens)>);

impl Model {
    pub(crate) fn put(&mut self, entries: &[IndexEntry]) {
        for entry in entries {
            let known = self.0.get(&entry.id);
            if known.is_none_or(|(known, _)| known.version <= entry.version) {
                let kept = (entry.clone(), entry.tokens());
                self.0.insert(entry.id.clone(), kept);
            }
        }
    }

    pub(crate) fn get(&self, id: &str) -> &IndexEntry {
        &self.0[id].0
    }

    pub(crate) fn search(&self, query: &SearchQuery) -> SearchResults {
        let mut hits: Vec<(u32, String, &IndexEntry)> = self
            .0
            .values()
            .filter(|(entry, _)| fits(entry, query))
            .filter_map(|(entry, tokens)| {
                let score = score(tokens, &query.words)?;
                Some((score, tokens.name_key.clone(), entry))
            })
            .collect();
        hits.sort_by(|a, b| compare(query.sort, a, b));
        let total = hits.len() as u64;
        let skipped = match &query.page {
            PageStart::Offset(offset) => *offset,
            PageStart::After(_) => panic!("the model knows no cursors"),
        };
        let (_, limit) = query.window();
        let rest: Vec<_> = hits.into_iter().skip(skipped).collect();
        let page = &rest[..limit.min(rest.len())];
        let next = page.last().filter(|_| rest.len() > limit);
        SearchResults {
            ids: page
                .iter()
                .map(|(_, _, entry)| (entry.kind, entry.id.clone()))
                .collect(),
            total,
            next: next.map(|hit| Cursor::new(query.sort, position(query.sort, hit)).unwrap()),
        }
    }
}

fn fits(entry: &IndexEntry, query: &SearchQuery) -> bool {
    let in_scope = match &query.scope {
        Scope::Public => entry.is_public,
        Scope::Artists(artists) => artists.contains(&entry.artist),
        Scope::Everything => true,
        Scope::Deleted { of, since } => {
            let is_of = of.as_ref().is_none_or(|of| of.contains(&entry.artist));
            is_of && entry.updated_at >= *since
        }
    };
    let is_filtered = match &query.filter {
        Filter::None => true,
        Filter::RetailerKeys(known_by) => {
            known_by.iter().any(|one| entry.retailer_keys.contains(one))
        }
        Filter::Product(id) => entry.products.contains(id),
        Filter::Artist(id) => entry.artist == *id,
        Filter::Ids(ids) => ids.contains(&entry.id),
    };
    let is_kind = query.kinds.is_empty() || query.kinds.contains(&entry.kind);
    let is_of_scope = entry.is_tombstone == query.scope.is_of_deleted();
    is_of_scope && in_scope && is_filtered && is_kind
}

type Hit<'a> = (u32, String, &'a IndexEntry);

fn compare(sort: Sort, a: &Hit<'_>, b: &Hit<'_>) -> Ordering {
    let first = match sort {
        Sort::Relevance => b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)),
        Sort::Name => a.1.cmp(&b.1),
        Sort::Newest => b.2.created_at.cmp(&a.2.created_at),
        Sort::Updated => b.2.updated_at.cmp(&a.2.updated_at),
    };
    first.then_with(|| a.2.id.cmp(&b.2.id))
}

fn position(sort: Sort, hit: &Hit<'_>) -> CursorPosition {
    let (score, name_key, entry) = hit.clone();
    let id = entry.id.clone();
    match sort {
        Sort::Relevance => CursorPosition::Score {
            score,
            name_key,
            id,
        },
        Sort::Name => CursorPosition::Name { name_key, id },
        Sort::Newest => CursorPosition::Time {
            at: entry.created_at,
            id,
        },
        Sort::Updated => CursorPosition::Time {
            at: entry.updated_at,
            id,
        },
    }
}
