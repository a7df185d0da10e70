//! The fields of the form of a retailer.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{EntityForm, RetailerInput},
    pages::studio::EntityInput,
};

use super::{
    StudioForm,
    conflict::rows_as_text,
    field::{FieldSpec, InputKind, field, field_in},
    rows::RowList,
};

/// The fields of the form of a retailer.
pub(super) fn fields(
    form: StudioForm,
    typed: &EntityForm<EntityInput>,
    retailer: &RetailerInput,
) -> AnyView {
    let domains = RowList {
        field: Field::Domains,
        typed: &retailer.domains,
        blank: String::new(),
        row: |form, row, domain| {
            field_in(
                form,
                row,
                FieldSpec::in_row(Field::Domain, InputKind::Line("url")),
                domain,
            )
        },
    };
    let (domains, _) = domains.show(form, typed);
    view! {
        {field(form, FieldSpec::required(Field::Name, InputKind::Line("text")), &retailer.name)}
        {field(form, FieldSpec::optional(Field::Homepage, InputKind::Line("url")), &retailer.homepage)}
        {field(form, FieldSpec::optional(Field::Slug, InputKind::Line("text")), &retailer.slug)}
        {domains}
    }
    .into_any()
}

/// The fields as text, for comparing two versions.
pub(super) fn field_texts(retailer: &RetailerInput) -> Vec<(Field, String)> {
    vec![
        (Field::Name, retailer.name.clone()),
        (Field::Slug, retailer.slug.clone()),
        (Field::Homepage, retailer.homepage.clone()),
        (
            Field::Domains,
            rows_as_text(&retailer.domains, |domain| vec![domain.clone()]),
        ),
    ]
}
