//! The catalogue as everybody sees it: what the server has read, as pages.

pub mod address;
pub mod artist;
mod card;
mod clips;
mod json_ld;
pub mod leaving;
pub mod list;
mod meta;
mod moment;
mod offer;
mod paging;
mod poster;
mod price;
pub mod product;
pub mod search;
pub mod unapproved_retailer;
pub mod video;

pub(crate) use self::{card::cards, meta::Meta, poster::provider};
