//! The fields of an artist's form.

use leptos::prelude::*;
use types::Field;

use super::{
    Form,
    field::{Control, Spec, field, field_in_row},
    lists::LINKS,
    rows::rows,
};

/// The fields of an artist's form.
pub(super) fn fields(form: &Form) -> AnyView {
    view! {
        {field(form, Spec::required(Field::Name, Control::Line("text")))}
        {field(form, Spec::optional(Field::Bio, Control::Lines(5)))}
        {field(form, Spec::optional(Field::Slug, Control::Line("text")))}
        {field(form, Spec::optional(Field::Disclosure, Control::Line("text")))}
        {rows(form, &LINKS, |form, row| view! {
            {field_in_row(form, row, Spec::in_row(Field::LinkLabel(0), Control::Line("text")))}
            {field_in_row(form, row, Spec::in_row(Field::LinkUrl(0), Control::Line("url")))}
        }.into_any())}
    }
    .into_any()
}
