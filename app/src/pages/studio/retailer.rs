//! The fields of a retailer's form.

use leptos::prelude::*;
use types::Field;

use super::{
    Form,
    field::{Control, Spec, field, field_in_row},
    lists::DOMAINS,
    rows::rows,
};

/// The fields of a retailer's form.
pub(super) fn fields(form: &Form) -> AnyView {
    view! {
        {field(form, Spec::required(Field::Name, Control::Line("text")))}
        {field(form, Spec::optional(Field::Homepage, Control::Line("url")))}
        {field(form, Spec::optional(Field::Slug, Control::Line("text")))}
        {rows(form, &DOMAINS, |form, row| {
            field_in_row(form, row, Spec::in_row(Field::Domain(0), Control::Line("url")))
        })}
    }
    .into_any()
}
