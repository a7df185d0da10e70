//! A list of the entities of an account.

use serde::{Deserialize, Serialize};

use crate::{
    catalogue::{EntityKind, ReviewStatus},
    pages::Visibility,
};

use super::edit_page::ArtistOption;

/// A list of the entities of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityListPage {
    /// Their kind.
    pub kind: EntityKind,
    /// What was asked for.
    pub params: ListParams,
    /// The entities on this page.
    pub rows: Vec<EntityRow>,
    /// Number of entities on all pages.
    pub total: u64,
    /// Number of pages, at least 1.
    pub pages: u32,
    /// The artists of the account, to choose from; empty where the list has no such choice.
    pub artists: Vec<ArtistOption>,
    /// The entity that was just deleted, by id and name.
    pub deleted: Option<(String, String)>,
}

/// The query of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListParams {
    /// Words that an entity must have.
    pub q: String,
    /// The name of the order; empty for the usual one.
    pub sort: String,
    /// The id of an artist; empty for all.
    pub artist: String,
    /// The page, from 1.
    pub page: u32,
    /// The id of the entity that was just deleted; empty for none.
    pub deleted: String,
}

/// One entity in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityRow {
    /// The id.
    pub id: String,
    /// The name or the title.
    pub name: String,
    /// The name of the artist, or the domains of a retailer; empty for an artist.
    pub about: String,
    /// Who sees it.
    pub state: RowState,
    /// When it was last changed, RFC 3339.
    pub updated_at: String,
}

/// Who sees an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// As its author has decided.
    Visibility(Visibility),
    /// As a moderator has decided.
    Review(ReviewStatus),
}

impl ListParams {
    /// Whether less than everything is asked for.
    pub fn is_filtered(&self) -> bool {
        !self.q.trim().is_empty() || !self.artist.is_empty()
    }
}

impl Default for ListParams {
    fn default() -> Self {
        Self {
            q: String::new(),
            sort: String::new(),
            artist: String::new(),
            page: 1,
            deleted: String::new(),
        }
    }
}
