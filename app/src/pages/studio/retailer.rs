//! The fields of a retailer's form.

use leptos::prelude::*;
use types::{Field, catalogue::RetailerInput};

use super::{
    Form,
    clash::written,
    field::{Control, Spec, field},
    rows::rows,
};

/// The fields of a retailer's form.
pub(super) fn fields(form: &Form, retailer: &RetailerInput) -> AnyView {
    let domains = (retailer.domains.as_slice(), &String::new());
    view! {
        {field(form, Spec::required(Field::Name, Control::Line("text")), &retailer.name)}
        {field(form, Spec::optional(Field::Homepage, Control::Line("url")), &retailer.homepage)}
        {field(form, Spec::optional(Field::Slug, Control::Line("text")), &retailer.slug)}
        {rows(form, Field::Domains, domains, |form, row, domain| {
            field(form, Spec::in_row(Field::Domain(row), Control::Line("url")), domain)
        })}
    }
    .into_any()
}

/// The same as text, for the comparison of two states.
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
