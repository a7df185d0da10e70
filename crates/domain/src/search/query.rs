//! What is searched for, and what was found.

use types::catalogue::EntityKind;

use super::{
    cursor::{Cursor, Position},
    words::Words,
};
use crate::documents::{Currency, StoreError};

/// How many entries can be reached by an offset; cursors go on without an end.
pub const WINDOW: usize = 100_000;

/// What is searched for.
#[derive(Clone, Debug)]
pub struct Query {
    /// Whose entries.
    pub scope: Scope,
    /// Which kinds; none means all.
    pub kinds: Vec<EntityKind>,
    /// Every one of these words must be in the name, the brand or the text.
    pub words: Words,
    /// What else must be so.
    pub filter: Filter,
    /// What comes first.
    pub sort: Sort,
    /// Where to begin.
    pub page: Page,
    /// At most so many; with 0 there is only the total.
    pub limit: usize,
    /// How current the answer must be.
    pub currency: Currency,
}

/// Whose entries are searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What everybody may find.
    Public,
    /// Everything of these artists, drafts too.
    Artists(Vec<String>),
    /// Everything.
    Everything,
    /// What is deleted, and nothing else.
    Deleted {
        /// Only what is of these artists.
        of: Option<Vec<String>>,
        /// Only what was last changed then or later, in milliseconds since 1970. The deletion is the
        /// last change of what was deleted by itself; of what went with its artist, it is not.
        since: i64,
    },
}

/// What else must be so of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Nothing.
    None,
    /// A product has an offer of a shop that is known by one of these.
    Shop(Vec<String>),
    /// A video places this product.
    Product(String),
    /// It is this artist's.
    Artist(String),
    /// It has one of these ids.
    Ids(Vec<String>),
}

/// What comes first. Entries that are equal in it are ordered by their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// What fits best; what fits equally well, by name.
    Relevance,
    /// By name, as [`Tokens::name_key`](super::Tokens) has it.
    Name,
    /// What was made last.
    Newest,
    /// What was changed last.
    Updated,
}

/// Where to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// Behind so many entries. Nothing is found beyond [`WINDOW`].
    Offset(usize),
    /// Behind the entry that the cursor names, be it still there or not.
    After(Cursor),
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// In the order that was asked for.
    pub ids: Vec<(EntityKind, String)>,
    /// How many there are in all, on this page and on others.
    pub total: u64,
    /// The way to the next page, if there is more.
    pub next: Option<Cursor>,
}

/// Where something that was found stands. It is all that a site map needs, and comes from the entry
/// itself: no document is read for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The id of the entry.
    pub id: String,
    /// The id of the entry's artist; for an artist its own.
    pub artist: String,
    /// Its own part of its URL.
    pub slug: String,
    /// When it was last changed, in milliseconds since 1970.
    pub updated_at: i64,
}

/// Which state of the index searches see. Two that differ belong to different states.
///
/// Two that are equal usually find the same, but not always: on Elasticsearch copies of the index
/// differ for a moment, and a change with a lower number may become visible after one with a higher
/// number. What is kept because of an equal version needs a maximum age as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexVersion(pub String);

impl Scope {
    /// Whether it is a scope of what is deleted.
    pub fn is_of_deleted(&self) -> bool {
        matches!(self, Self::Deleted { .. })
    }
}

impl Query {
    /// So many things of a kind at most, whatever they are called: as of now, the newest first.
    pub(crate) fn newest(scope: Scope, kind: EntityKind, filter: Filter, limit: usize) -> Self {
        Self {
            scope,
            kinds: vec![kind],
            words: Words::parse(""),
            filter,
            sort: Sort::Newest,
            page: Page::Offset(0),
            limit,
            currency: Currency::AsOfNow,
        }
    }

    /// How many entries are skipped, and how many are wanted at most behind them.
    pub fn window(&self) -> (usize, usize) {
        match self.page {
            Page::Offset(offset) => {
                let offset = offset.min(WINDOW);
                (offset, self.limit.min(WINDOW - offset))
            }
            Page::After(_) => (0, self.limit.min(WINDOW)),
        }
    }

    /// Where the entry lies behind which to begin.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the cursor belongs to another sort: there is no such place.
    pub fn after(&self) -> Result<Option<&Position>, StoreError> {
        match &self.page {
            Page::Offset(_) => Ok(None),
            Page::After(cursor) if cursor.sort() == self.sort => Ok(Some(cursor.position())),
            Page::After(_) => Err(StoreError::Unavailable(
                "the cursor belongs to another sort".to_owned(),
            )),
        }
    }
}
