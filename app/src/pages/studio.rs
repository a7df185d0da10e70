//! The studio, where creators edit their entities. Its pages form one chunk of the WebAssembly
//! program.

mod artist;
mod button_form;
mod conflict;
mod deletion;
mod edit_form;
mod edit_page;
mod field;
mod foreign_hosts;
mod form;
mod frame;
mod list;
mod notice;
mod overview;
mod pagination;
pub mod paths;
mod placements;
mod player;
mod problem_notice;
mod product;
mod query;
mod retailer;
mod review;
mod rows;
mod search_form;
mod select;
mod steps;
mod table;
mod text_area;
mod trash;
mod video;
mod visibility;

use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};

use self::form::StudioForm;
use crate::chunks::lazy_route;

/// The id of the `datalist` with the products that fields suggest.
const PRODUCTS: &str = "products-to-choose";

/// A page of the studio.
#[derive(Clone, Copy, Debug)]
pub(crate) enum StudioPage {
    Overview,
    List,
    New,
    Entity,
    /// The page of an entity after a plain form below its path was submitted.
    Form,
    Trash,
}

/// Renders a page of the studio; one function for all of them, as for the public pages.
#[wasm_split(studio, wasm_split_path = leptos::wasm_split, fallible, preload(preload))]
pub(crate) fn studio(page: StudioPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        StudioPage::Overview => overview::page(),
        StudioPage::List => list::page(),
        StudioPage::New => edit_page::page_of_new(),
        StudioPage::Entity => edit_page::page(),
        StudioPage::Form => edit_page::page_of_form(),
        StudioPage::Trash => trash::page(),
    })
}

lazy_route!(StudioOverviewRoute, studio(StudioPage::Overview));
lazy_route!(StudioListRoute, studio(StudioPage::List));
lazy_route!(StudioNewRoute, studio(StudioPage::New));
lazy_route!(StudioEntityRoute, studio(StudioPage::Entity));
lazy_route!(StudioFormRoute, studio(StudioPage::Form));
lazy_route!(StudioTrashRoute, studio(StudioPage::Trash));
