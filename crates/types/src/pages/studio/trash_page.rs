//! The trash.

use serde::{Deserialize, Serialize};

use crate::catalogue::EntityKind;

/// The trash: deleted entities of an account that can be restored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrashPage {
    /// The only kind that is shown; `None` for the first page of every kind.
    pub kind: Option<EntityKind>,
    /// One page of each shown kind.
    pub sections: Vec<TrashSection>,
}

/// One page of the deleted entities of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrashSection {
    /// The kind.
    pub kind: EntityKind,
    /// The entities on this page, most recently deleted first.
    pub entities: Vec<TrashedEntity>,
    /// The page, from 1.
    pub page: u32,
    /// Number of pages, at least 1.
    pub pages: u32,
}

/// A deleted entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrashedEntity {
    /// The id.
    pub id: String,
    /// The name or the title.
    pub name: String,
    /// Time of the deletion, RFC 3339.
    pub deleted_at: String,
}
