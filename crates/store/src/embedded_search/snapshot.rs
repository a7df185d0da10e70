//! A snapshot of the index, and searches in it.

use std::{cmp::Ordering, sync::Arc};

use domain::{
    documents::StoreError,
    search::{
        Cursor, CursorPosition, EntryLocation, IndexVersion, SearchQuery, SearchResults, Sort,
    },
};
use tantivy::{DocAddress, Searcher};

use super::{
    collector::{Match, MatchCollector, Scores},
    generation::{SegmentRows, failed},
    plan::plan,
    row::StoredFields,
    schema::SchemaFields,
};

/// The index as it was at one moment.
pub(super) struct Snapshot {
    pub(super) searcher: Searcher,
    /// The rows of each segment, in the order of its documents.
    pub(super) rows: Vec<Arc<SegmentRows>>,
    pub(super) fields: SchemaFields,
    pub(super) is_built: bool,
    /// Unique among the snapshots of this process.
    pub(super) version: u64,
}

/// A match and its row.
#[derive(Clone, Copy)]
struct ScoredHit<'a> {
    score: u32,
    row: &'a StoredFields,
}

/// A page of matches, in order.
struct HitPage<'a> {
    hits: Vec<ScoredHit<'a>>,
    /// Number of matches on all pages.
    total: u64,
    is_more: bool,
}

impl Snapshot {
    pub(super) fn is_built(&self) -> bool {
        self.is_built
    }

    pub(super) fn version(&self) -> IndexVersion {
        IndexVersion(self.version.to_string())
    }

    pub(super) fn search(&self, query: &SearchQuery) -> Result<SearchResults, StoreError> {
        let page = self.page(query)?;
        let last = page.hits.last().filter(|_| page.is_more);
        let sort = query.sort;
        Ok(SearchResults {
            next: last.and_then(|last| Cursor::new(sort, last.position(sort))),
            ids: page
                .hits
                .iter()
                .map(|hit| (hit.row.kind, hit.row.id.clone()))
                .collect(),
            total: page.total,
        })
    }

    pub(super) fn locations(&self, query: &SearchQuery) -> Result<Vec<EntryLocation>, StoreError> {
        let page = self.page(query)?;
        let locations = page.hits.into_iter().map(|hit| EntryLocation {
            id: hit.row.id.clone(),
            artist: hit.row.artist.clone(),
            slug: hit.row.slug.clone(),
            updated_at: hit.row.updated_at,
        });
        Ok(locations.collect())
    }

    fn page(&self, query: &SearchQuery) -> Result<HitPage<'_>, StoreError> {
        let after = query.after()?;
        let mut hits = self.hits(query)?;
        let total = hits.len() as u64;
        let sort = query.sort;
        if let Some(after) = after {
            hits.retain(|hit| hit.compare_with(after, sort).is_gt());
        }
        let (offset, limit) = query.window();
        let end = offset + limit;
        let is_more = hits.len() > end;
        if is_more && end > 0 {
            hits.select_nth_unstable_by(end - 1, |a, b| a.compare(b, sort));
        }
        hits.truncate(end);
        hits.sort_unstable_by(|a, b| a.compare(b, sort));
        hits.drain(..offset.min(hits.len()));
        Ok(HitPage {
            hits,
            total,
            is_more,
        })
    }

    fn hits(&self, query: &SearchQuery) -> Result<Vec<ScoredHit<'_>>, StoreError> {
        let is_ranked = query.sort == Sort::Relevance && !query.words.is_empty();
        let scores = if is_ranked {
            Scores::Wanted
        } else {
            Scores::Zero
        };
        let plan = plan(query, &self.fields);
        let found = self.searcher.search(&plan, &MatchCollector { scores });
        let found = found.map_err(failed)?;
        let hit = |one: Match| {
            let row = self.row(one.place)?;
            Some(ScoredHit {
                score: one.score,
                row,
            })
        };
        let lost = || StoreError::Damaged("the search index has lost a row".to_owned());
        let hits = found.into_iter().map(|one| hit(one).ok_or_else(lost));
        hits.collect()
    }

    fn row(&self, place: DocAddress) -> Option<&StoredFields> {
        let rows = self.rows.get(place.segment_ord as usize)?;
        rows.of(place.doc_id)
    }
}

impl ScoredHit<'_> {
    fn compare(&self, other: &Self, sort: Sort) -> Ordering {
        let (a, b) = (self.row, other.row);
        let first = match sort {
            Sort::Relevance => other
                .score
                .cmp(&self.score)
                .then_with(|| a.name_key.cmp(&b.name_key)),
            Sort::Name => a.name_key.cmp(&b.name_key),
            Sort::Newest => b.created_at.cmp(&a.created_at),
            Sort::Updated => b.updated_at.cmp(&a.updated_at),
        };
        first.then_with(|| a.id.cmp(&b.id))
    }

    fn compare_with(&self, position: &CursorPosition, sort: Sort) -> Ordering {
        let row = self.row;
        match position {
            CursorPosition::Score {
                score,
                name_key,
                id,
            } => score
                .cmp(&self.score)
                .then_with(|| row.name_key.cmp(name_key))
                .then_with(|| row.id.cmp(id)),
            CursorPosition::Name { name_key, id } => {
                row.name_key.cmp(name_key).then_with(|| row.id.cmp(id))
            }
            CursorPosition::Time { at, id } => {
                at.cmp(&self.time(sort)).then_with(|| row.id.cmp(id))
            }
        }
    }

    fn position(&self, sort: Sort) -> CursorPosition {
        let (name_key, id) = (self.row.name_key.clone(), self.row.id.clone());
        match sort {
            Sort::Relevance => CursorPosition::Score {
                score: self.score,
                name_key,
                id,
            },
            Sort::Name => CursorPosition::Name { name_key, id },
            Sort::Newest | Sort::Updated => CursorPosition::Time {
                at: self.time(sort),
                id,
            },
        }
    }

    fn time(&self, sort: Sort) -> i64 {
        match sort {
            Sort::Updated => self.row.updated_at,
            Sort::Newest | Sort::Name | Sort::Relevance => self.row.created_at,
        }
    }
}
