//! The studio, where creators keep their work in order: what its pages show.

mod artist;
mod clash;
mod edit_form;
pub mod edit_page;
mod field;
mod foreign_hosts;
mod form;
mod frame;
pub mod list;
mod notice;
pub mod overview;
mod pagination;
pub mod paths;
mod placements;
mod player;
mod product;
mod refusal;
mod retailer;
mod review;
mod rows;
mod steps;
mod text_area;
pub mod trash;
mod video;
mod visibility;

use self::form::Form;

/// The id of the list of products in the document, from which fields are proposed.
const PRODUCTS: &str = "products-to-choose";
