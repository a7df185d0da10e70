//! Migration 5. What was different in the code, when it was drafted:
//!
//! - `holdings`, `counted_at`: new, may be missing (integer (int64) or null)
//! - `holdings`, `pending`: new, may be missing (list of object)
//! - `holdings`, `proposals`: new, may be missing (list of object)
//! - `holdings`, `usage`: new, may be missing (map of object)

use super::super::Migration;

pub(super) static MIGRATION: Migration = Migration {
    number: 5,
    name: "Quotas",
    changes: &[],
};
