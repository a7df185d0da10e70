//! The catalogue: what people type of artists, videos, products and retailers, and what is kept of it.
//!
//! `…Input` is what was typed or sent, `…Content` is what has passed its `check`. The browser and
//! the server run the same checks; whether a name is free or a shop known, the server decides alone.

mod artist;
mod availability;
mod currency;
mod day;
pub mod form;
mod gtin;
mod host;
mod id;
mod money;
mod price;
mod product;
mod provider;
mod retailer;
mod rows;
mod slug;
mod status;
mod text;
mod time;
mod timecode;
mod video;
mod video_link;
mod web_link;

pub use artist::{ArtistContent, ArtistInput, Link, LinkInput};
pub use availability::Availability;
pub use currency::Currency;
pub use day::Day;
pub use gtin::Gtin;
pub use host::read_domain;
pub use money::Money;
pub use price::PriceInput;
pub use product::{
    AlternativeInput, AlternativeLink, Attribute, AttributeInput, Image, ImageInput, Offer,
    OfferInput, ProductContent, ProductInput, Tier,
};
pub use provider::Provider;
pub use retailer::{RetailerContent, RetailerInput};
pub use slug::Slug;
pub use status::Status;
pub use time::TimeInput;
pub use timecode::Timecode;
pub use video::{Chapter, ChapterInput, Placement, PlacementInput, VideoContent, VideoInput};
pub use video_link::VideoLink;
pub use web_link::WebLink;
