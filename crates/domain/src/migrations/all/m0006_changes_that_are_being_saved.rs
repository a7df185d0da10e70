//! Migration 6. What was different in the code, when it was drafted:
//!
//! - `holdings`, `pending.[].change`: new, may be missing (object or null)

use super::super::Migration;

pub(super) static MIGRATION: Migration = Migration {
    number: 6,
    name: "Changes that are being saved",
    changes: &[],
};
