//! Migration 4. What was different in the code, when it was drafted:
//!
//! - `secrets`: new

use super::super::{Change, Kind, Migration};

pub(super) static MIGRATION: Migration = Migration {
    number: 4,
    name: "Secrets of the store",
    changes: &[Change {
        collection: "secrets",
        kind: Kind::Added,
    }],
};
