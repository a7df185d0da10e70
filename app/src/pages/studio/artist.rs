//! The fields of an artist's form.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{ArtistInput, LinkInput},
};

use super::{
    Form,
    clash::written,
    field::{Control, Spec, field},
    rows::rows,
};

/// The fields of an artist's form.
pub(super) fn fields(form: &Form, artist: &ArtistInput) -> AnyView {
    let links = (artist.links.as_slice(), &LinkInput::default());
    view! {
        {field(form, Spec::required(Field::Name, Control::Line("text")), &artist.name)}
        {field(form, Spec::optional(Field::Bio, Control::Lines(5)), &artist.bio)}
        {field(form, Spec::optional(Field::Slug, Control::Line("text")), &artist.slug)}
        {field(form, Spec::optional(Field::Disclosure, Control::Line("text")), &artist.disclosure)}
        {rows(form, Field::Links, links, |form, row, link| view! {
            {field(form, Spec::in_row(Field::LinkLabel(row), Control::Line("text")), &link.label)}
            {field(form, Spec::in_row(Field::LinkUrl(row), Control::Line("url")), &link.url)}
        }.into_any())}
    }
    .into_any()
}

/// The same as text, for the comparison of two states.
pub(super) fn field_texts(artist: &ArtistInput) -> Vec<(Field, String)> {
    let links = written(&artist.links, |link| {
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
