//! The search entries that are derived from entities, and those that are due.

pub(super) mod outbox;
pub(super) mod projector;
