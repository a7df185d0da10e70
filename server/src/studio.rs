//! The plain forms of the studio.

mod buttons;
mod forms;

use serde::de::DeserializeOwned;
use types::{
    catalogue::{ArtistInput, EntityKind, FormInput, ProductInput, RetailerInput, VideoInput},
    pages::studio::EntityInput,
};

pub(crate) use self::buttons::{Button, button, redirect_to_entity};

/// The input of one kind, which the plain forms below its path are parsed into.
pub(crate) trait StudioInput:
    FormInput + Into<EntityInput> + DeserializeOwned + Send + Sync + 'static
{
    /// The kind of entity that the input creates.
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
