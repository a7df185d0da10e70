//! The list of an account's entities of one kind.

use serde::{Deserialize, Serialize};

use crate::{
    catalogue::{EntityKind, ReviewStatus},
    pages::Visibility,
};

use super::edit_page::ArtistOption;

/// One page of the list of an account's entities of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityListPage {
    /// The kind.
    pub kind: EntityKind,
    /// The parameters of the list.
    pub params: ListParams,
    /// The entities on this page.
    pub rows: Vec<EntityRow>,
    /// Number of entities on all pages.
    pub total: u64,
    /// Number of pages, at least 1.
    pub pages: u32,
    /// The artists of the account, for filtering; empty if the list has no such filter.
    pub artists: Vec<ArtistOption>,
    /// Id and name of the entity that was just deleted.
    pub deleted: Option<(String, String)>,
}

/// The parameters of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListParams {
    /// Words that must match.
    pub q: String,
    /// The sort order; empty for the default.
    pub sort: String,
    /// The id of an artist; empty for all.
    pub artist: String,
    /// The page, from 1.
    pub page: u32,
    /// The id of the entity that was just deleted; empty for none.
    pub deleted: String,
}

/// An entity in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityRow {
    /// The id.
    pub id: String,
    /// The name or the title.
    pub name: String,
    /// The name of the artist, or the domains of a retailer; empty for an artist.
    pub about: String,
    /// The visibility or review status.
    pub state: RowState,
    /// Time of the last change, RFC 3339.
    pub updated_at: String,
}

/// The visibility or review status of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// The visibility, which the author decides.
    Visibility(Visibility),
    /// The review status, which moderators decide.
    Review(ReviewStatus),
}

impl ListParams {
    /// Whether the parameters exclude entities.
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
