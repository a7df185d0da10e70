//! The fields of the form of an artist.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{ArtistInput, EntityForm, LinkInput},
    pages::studio::EntityInput,
};

use super::{
    Form,
    conflict::written,
    field::{Control, Spec, field, field_in},
    rows::{List, Row},
};

/// The fields of the form of an artist.
pub(super) fn fields(form: Form, typed: &EntityForm<EntityInput>, artist: &ArtistInput) -> AnyView {
    let links = List {
        field: Field::Links,
        typed: &artist.links,
        blank: LinkInput::default(),
        row: link,
    };
    let (links, _) = links.show(form, typed);
    view! {
        {field(form, Spec::required(Field::Name, Control::Line("text")), &artist.name)}
        {field(form, Spec::optional(Field::Bio, Control::Lines(5)), &artist.bio)}
        {field(form, Spec::optional(Field::Slug, Control::Line("text")), &artist.slug)}
        {field(form, Spec::optional(Field::Disclosure, Control::Line("text")), &artist.disclosure)}
        {links}
    }
    .into_any()
}

fn link(form: Form, row: Row, link: &LinkInput) -> AnyView {
    view! {
        {field_in(form, row, Spec::in_row(Field::LinkLabel, Control::Line("text")), &link.label)}
        {field_in(form, row, Spec::in_row(Field::LinkUrl, Control::Line("url")), &link.url)}
    }
    .into_any()
}

/// The fields as text, for comparing two versions.
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
