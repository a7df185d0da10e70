//! The studio: its pages and their forms, which are complete without JavaScript.
//!
//! A handler reads the path, the query or the form, calls the body of a server function, and shows or
//! redirects. A form is sent to the page that it stands on, or to a resource below it; what is refused
//! shows the form again, with everything that was typed.

mod buttons;
mod forms;
mod overview;
mod pages;
mod path_id;
mod query;
mod refusal;

use axum::response::Response;
use serde::de::DeserializeOwned;
use types::{
    Problem,
    catalogue::{ArtistInput, EntityKind, FormInput, ProductInput, RetailerInput, VideoInput},
    pages::studio::EntityInput,
};

pub(crate) use self::{
    buttons::{approve, block, delete, publish, reopen, restore, withdraw},
    forms::{add_placement, create, update},
    overview::{create_first, show_overview},
    pages::{show, show_list, show_new, show_trash},
};
use crate::content::Reader;

/// The input of one kind of entities, into which the forms below its path are read.
pub(crate) trait StudioInput:
    FormInput + Into<EntityInput> + DeserializeOwned + Send + Sync + 'static
{
    /// The kind.
    const KIND: EntityKind;
}

impl StudioInput for ArtistInput {
    const KIND: EntityKind = EntityKind::Artist;
}

impl StudioInput for VideoInput {
    const KIND: EntityKind = EntityKind::Video;
}

impl StudioInput for ProductInput {
    const KIND: EntityKind = EntityKind::Product;
}

impl StudioInput for RetailerInput {
    const KIND: EntityKind = EntityKind::Retailer;
}

/// Says that something cannot be shown, and why. An entity of another account does not exist.
async fn fail(reader: Reader, problem: Problem) -> Response {
    match problem {
        Problem::NotFound => reader.not_found().await,
        problem => reader.fail(problem).await,
    }
}
