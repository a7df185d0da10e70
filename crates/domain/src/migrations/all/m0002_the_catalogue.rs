//! Migration 2. What was different in the code, when it was drafted:
//!
//! - `accounts`, `state=live.is_moderator`: new, may be missing (boolean)
//! - `artists`: new
//! - `audit`: new
//! - `claims`, `state=pending.account.is_moderator`: new, may be missing (boolean)
//! - `decoys`, `state=live.is_moderator`: new, may be missing (boolean)
//! - `holdings`: new
//! - `keys`: new
//! - `outbox`: new
//! - `products`: new
//! - `retailers`: new
//! - `videos`: new

use super::super::{ChangeKind, CollectionChange, Migration};

pub(super) static MIGRATION: Migration = Migration {
    number: 2,
    name: "The catalogue",
    changes: &[
        CollectionChange {
            collection: "artists",
            kind: ChangeKind::Added,
        },
        CollectionChange {
            collection: "audit",
            kind: ChangeKind::Added,
        },
        CollectionChange {
            collection: "holdings",
            kind: ChangeKind::Added,
        },
        CollectionChange {
            collection: "keys",
            kind: ChangeKind::Added,
        },
        CollectionChange {
            collection: "outbox",
            kind: ChangeKind::Added,
        },
        CollectionChange {
            collection: "products",
            kind: ChangeKind::Added,
        },
        CollectionChange {
            collection: "retailers",
            kind: ChangeKind::Added,
        },
        CollectionChange {
            collection: "videos",
            kind: ChangeKind::Added,
        },
    ],
};
