//! The studio, where creators keep their work in order: what its pages show.

mod artist;
pub mod bin;
mod choices;
mod clash;
mod field;
mod foreign_hosts;
mod form;
mod frame;
mod input;
pub mod list;
mod notice;
pub mod overview;
mod pagination;
mod player;
mod product;
mod retailer;
mod review;
mod rows;
pub mod sheet;
mod shelf;
mod steps;
mod tag;
mod text_area;
mod video;
mod visibility;

pub use self::{
    choices::{Choices, chosen_products},
    clash::{Difference, differences},
    form::Form,
    input::EntityInput,
    notice::Notice,
    review::{RetailerReview, User},
    shelf::Shelf,
    steps::{Step, Steps},
    tag::{Tag, Tagged},
};
