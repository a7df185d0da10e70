//! The list of all migrations, which `cargo xtask migration` maintains.

mod m0001_baseline;
mod m0002_the_catalogue;
mod m0003_numbers_of_articles;
mod m0004_secrets_of_the_store;
mod m0005_quotas;
mod m0006_changes_that_are_being_saved;

use super::Migration;

/// All migrations, by number.
pub(super) static ALL: &[&Migration] = &[
    &m0001_baseline::MIGRATION,
    &m0002_the_catalogue::MIGRATION,
    &m0003_numbers_of_articles::MIGRATION,
    &m0004_secrets_of_the_store::MIGRATION,
    &m0005_quotas::MIGRATION,
    &m0006_changes_that_are_being_saved::MIGRATION,
];
