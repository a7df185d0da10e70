//! The studio: its pages and their forms, which are complete without JavaScript.
//!
//! A form is sent to the page that it stands on, or to a resource below it. What is done leads to a
//! page; what is refused shows the form again, with everything that was typed.

mod asked;
mod bin;
mod desk;
mod edit;
mod judge;
mod list;
mod make;
mod named;
mod overview;
mod shown;
mod tag;
mod thing;
mod ways;

use app::pages::studio::Notice;
use axum::response::Response;
use domain::catalogue::CatalogueError;
use types::Problem;

pub(crate) use self::{
    bin::bin,
    edit::{change, show},
    judge::{approve, block, reopen},
    list::{Listed, list},
    make::{blank, make},
    overview::{overview, take_step},
    tag::tag,
    thing::{Artists, Products, Retailers, Videos},
    ways::{delete, publish, restore, withdraw},
};
use crate::{content::Reader, redirect::see_other};

/// Says that something cannot be shown, and why. What is a stranger's is not there.
async fn fail(reader: Reader, error: CatalogueError) -> Response {
    match Problem::from(error) {
        Problem::NotFound => reader.not_found().await,
        problem => reader.fail(problem).await,
    }
}

/// Leads on to a page that says what was done.
fn done(path: &str, notice: Notice) -> Response {
    see_other(&format!("{path}?{}", notice.name()))
}
