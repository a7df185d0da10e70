//! The fields of the form of a retailer.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{EntityForm, RetailerInput},
    pages::studio::EntityInput,
};

use super::{
    Form,
    conflict::written,
    field::{Control, Spec, field, field_in},
    rows::List,
};

/// The fields of the form of a retailer.
pub(super) fn fields(
    form: Form,
    typed: &EntityForm<EntityInput>,
    retailer: &RetailerInput,
) -> AnyView {
    let domains = List {
        field: Field::Domains,
        typed: &retailer.domains,
        blank: String::new(),
        row: |form, row, domain| {
            field_in(
                form,
                row,
                Spec::in_row(Field::Domain, Control::Line("url")),
                domain,
            )
        },
    };
    let (domains, _) = domains.show(form, typed);
    view! {
        {field(form, Spec::required(Field::Name, Control::Line("text")), &retailer.name)}
        {field(form, Spec::optional(Field::Homepage, Control::Line("url")), &retailer.homepage)}
        {field(form, Spec::optional(Field::Slug, Control::Line("text")), &retailer.slug)}
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
            written(&retailer.domains, |domain| vec![domain.clone()]),
        ),
    ]
}
