//! The deleted entities of an account that can be restored.

use serde::{Deserialize, Serialize};

use crate::catalogue::EntityKind;

/// The deleted entities of an account that can be restored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrashPage {
    /// The only kind that is shown; `None` for the first page of every kind.
    pub kind: Option<EntityKind>,
    /// A page of each kind that is shown.
    pub sections: Vec<TrashSection>,
}

/// A page of the deleted entities of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrashSection {
    /// The kind.
    pub kind: EntityKind,
    /// The entities on this page, the last deleted one first.
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
    /// When it was deleted, RFC 3339.
    pub deleted_at: String,
}
