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

use super::super::{Change, Kind, Migration};

pub(super) static MIGRATION: Migration = Migration {
    number: 2,
    name: "The catalogue",
    changes: &[
        Change {
            collection: "artists",
            kind: Kind::Added,
        },
        Change {
            collection: "audit",
            kind: Kind::Added,
        },
        Change {
            collection: "holdings",
            kind: Kind::Added,
        },
        Change {
            collection: "keys",
            kind: Kind::Added,
        },
        Change {
            collection: "outbox",
            kind: Kind::Added,
        },
        Change {
            collection: "products",
            kind: Kind::Added,
        },
        Change {
            collection: "retailers",
            kind: Kind::Added,
        },
        Change {
            collection: "videos",
            kind: Kind::Added,
        },
    ],
};
