//! Migration 1: the shape of stores from before there were migrations.

use super::super::Migration;

pub(super) static MIGRATION: Migration = Migration {
    number: 1,
    name: "what stores had before there were migrations",
    changes: &[],
};
