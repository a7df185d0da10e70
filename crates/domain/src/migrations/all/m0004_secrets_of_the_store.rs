//! Migration 4. What was different in the code, when it was drafted:
//!
//! - `secrets`: new

use super::super::{ChangeKind, CollectionChange, Migration};

pub(super) static MIGRATION: Migration = Migration {
    number: 4,
    name: "Secrets of the store",
    changes: &[CollectionChange {
        collection: "secrets",
        kind: ChangeKind::Added,
    }],
};
