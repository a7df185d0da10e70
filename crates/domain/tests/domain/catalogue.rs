//! The catalogue over a real store.

mod artists;
mod by_slug;
pub(crate) mod creator;
mod deleting;
mod keys;
mod lists;
mod offers;
mod products;
mod public;
mod retailers;
mod slug_renewal;
mod uses;
mod videos;
