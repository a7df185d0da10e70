//! The fields of the form of an artist.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{ArtistInput, EntityForm, LinkInput},
    pages::studio::EntityInput,
};

use super::{
    StudioForm,
    conflict::rows_as_text,
    field::{FieldSpec, InputKind, field, field_in},
    rows::{RowHandle, RowList},
};

/// The fields of the form of an artist.
pub(super) fn fields(
    form: StudioForm,
    typed: &EntityForm<EntityInput>,
    artist: &ArtistInput,
) -> AnyView {
    let links = RowList {
        field: Field::Links,
        typed: &artist.links,
        blank: LinkInput::default(),
        row: link,
    };
    let (links, _) = links.show(form, typed);
    view! {
        {field(form, FieldSpec::required(Field::Name, InputKind::Line("text")), &artist.name)}
        {field(form, FieldSpec::optional(Field::Bio, InputKind::Lines(5)), &artist.bio)}
        {field(form, FieldSpec::optional(Field::Slug, InputKind::Line("text")), &artist.slug)}
        {field(form, FieldSpec::optional(Field::Disclosure, InputKind::Line("text")), &artist.disclosure)}
        {links}
    }
    .into_any()
}

fn link(form: StudioForm, row: RowHandle, link: &LinkInput) -> AnyView {
    view! {
        {field_in(form, row, FieldSpec::in_row(Field::LinkLabel, InputKind::Line("text")), &link.label)}
        {field_in(form, row, FieldSpec::in_row(Field::LinkUrl, InputKind::Line("url")), &link.url)}
    }
    .into_any()
}

/// The fields as text, for comparing two versions.
pub(super) fn field_texts(artist: &ArtistInput) -> Vec<(Field, String)> {
    let links = rows_as_text(&artist.links, |link| {
        vec![link.label.clone(), link.url.clone()]
    });
    vec![
        (Field::Name, artist.name.clone()),
        (Field::Slug, artist.slug.clone()),
        (Field::Bio, artist.bio.clone()),
        (Field::Disclosure, artist.disclosure.clone()),
        (Field::Links, links),
    ]
}
