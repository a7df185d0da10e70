//! Queries of the search index, and their results.

use types::catalogue::EntityKind;

use super::{
    cursor::{Cursor, CursorPosition},
    words::QueryWords,
};
use crate::documents::{Consistency, StoreError};

/// Maximum number of entries that can be reached by an offset; cursors have no such limit.
pub const MAX_OFFSET: usize = 100_000;

/// A query.
#[derive(Clone, Debug)]
pub struct SearchQuery {
    /// Which entries are searched, by visibility and owner.
    pub scope: Scope,
    /// The kinds of entries; empty means all.
    pub kinds: Vec<EntityKind>,
    /// Words that must all occur in the name, the brand or the text.
    pub words: QueryWords,
    /// A further condition.
    pub filter: Filter,
    /// The order of the results.
    pub sort: Sort,
    /// The start of the page.
    pub page: PageStart,
    /// Maximum number of results; 0 returns only the total.
    pub limit: usize,
    /// How current the results must be.
    pub consistency: Consistency,
}

/// Which entries are searched, by visibility and owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Public entries.
    Public,
    /// Entries of these artists, including drafts.
    Artists(Vec<String>),
    /// All entries.
    Everything,
    /// Deleted entries only.
    Deleted {
        /// Only entries of these artists.
        of: Option<Vec<String>>,
        /// Only entries that were last changed at this time or later, in milliseconds since 1970.
        /// For an entity that was deleted itself, that is the deletion; for one below a deleted
        /// artist, it is not.
        since: i64,
    },
}

/// A condition on an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// No condition.
    None,
    /// A product has an offer of a retailer with one of these lookup keys.
    RetailerKeys(Vec<String>),
    /// A video places this product.
    Product(String),
    /// The entry belongs to this artist.
    Artist(String),
    /// The entry has one of these ids.
    Ids(Vec<String>),
}

/// The order of the results. Equal entries are ordered by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// By score, highest first; equal scores by name.
    Relevance,
    /// By name, as [`Tokens::name_key`](super::Tokens) defines it.
    Name,
    /// By creation, newest first.
    Newest,
    /// By last change, newest first.
    Updated,
}

/// The start of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageStart {
    /// After this number of entries. Nothing is found beyond [`MAX_OFFSET`].
    Offset(usize),
    /// After the entry of the cursor, whether or not it still exists.
    After(Cursor),
}

/// A page of results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchResults {
    /// The ids with their kinds, in order.
    pub ids: Vec<(EntityKind, String)>,
    /// Number of results on all pages.
    pub total: u64,
    /// The cursor of the next page; `None` on the last page.
    pub next: Option<Cursor>,
}

/// The path of a search result. It comes from the entry, so a site map reads no documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLocation {
    /// The id of the entry.
    pub id: String,
    /// The id of the entry's artist; for an artist its own.
    pub artist: String,
    /// The slug of the entity.
    pub slug: String,
    /// When the entity was last changed, in milliseconds since 1970.
    pub updated_at: i64,
}

/// The version of the index that searches see. Different values mean different states.
///
/// Equal values usually mean the same results, but not always: on Elasticsearch the copies of the
/// index differ for a moment, and a change with a lower number may become visible after one with a
/// higher number. So a cache that relies on an equal version needs a maximum age as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexVersion(pub String);

impl Scope {
    /// True for the scope of deleted entries.
    pub fn is_of_deleted(&self) -> bool {
        matches!(self, Self::Deleted { .. })
    }
}

impl SearchQuery {
    /// A query for the newest entries of a kind, whatever their names, current as of now.
    pub(crate) fn newest(scope: Scope, kind: EntityKind, filter: Filter, limit: usize) -> Self {
        Self {
            scope,
            kinds: vec![kind],
            words: QueryWords::parse(""),
            filter,
            sort: Sort::Newest,
            page: PageStart::Offset(0),
            limit,
            consistency: Consistency::Current,
        }
    }

    /// The number of entries to skip, and the maximum number of results after them.
    pub fn window(&self) -> (usize, usize) {
        match self.page {
            PageStart::Offset(offset) => {
                let offset = offset.min(MAX_OFFSET);
                (offset, self.limit.min(MAX_OFFSET - offset))
            }
            PageStart::After(_) => (0, self.limit.min(MAX_OFFSET)),
        }
    }

    /// The position after which the page begins.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if the cursor belongs to another sort.
    pub fn after(&self) -> Result<Option<&CursorPosition>, StoreError> {
        match &self.page {
            PageStart::Offset(_) => Ok(None),
            PageStart::After(cursor) if cursor.sort() == self.sort => Ok(Some(cursor.position())),
            PageStart::After(_) => Err(StoreError::Unavailable(
                "the cursor belongs to another sort".to_owned(),
            )),
        }
    }
}
