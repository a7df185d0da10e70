//! Entities as they are stored: their records, ids and slugs.

pub(super) mod entity_ids;
pub(super) mod record;
pub(super) mod repositories;
pub(super) mod repository;
pub(super) mod reserved;
pub(super) mod slug_renewal;
pub(super) mod slugs;
