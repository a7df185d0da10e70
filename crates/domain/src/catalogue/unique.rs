//! Unique values: slugs, video links, GTINs and domains that only one entity may have.
//!
//! A key is a document whose id is the value and which names the entity that it is reserved for.
//! The document of the entity is the truth: an entity has a key only if its own document says so.
//! `docs/decisions/0012-catalogue.md` proves that this is right under every race and crash.

mod unique_index;
mod unique_key;

pub(super) use self::unique_index::{KEYS, KeyOwner, KeyReservation, ReserveOutcome, UniqueIndex};
pub(crate) use self::unique_key::UniqueKey;
