//! The catalogue over a real store.

mod abandoned_changes;
mod addresses;
mod artists;
mod by_slug;
mod contention;
pub(crate) mod creator;
mod deleting;
mod keys;
mod lists;
mod observed;
mod offers;
mod pages;
mod pending_changes;
mod products;
mod public;
mod quotas;
mod retailers;
mod slug_renewal;
mod trash;
mod unlisted_offers;
mod uses;
mod videos;
mod writes;
