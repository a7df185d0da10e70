//! The fields of a video's form.

use leptos::prelude::*;
use types::Field;

use super::{
    Form,
    choices::LIST,
    field::{Control, Spec, field, field_in_row},
    lists::PLACEMENTS,
    rows::rows,
};

/// The fields of a video's form.
pub(super) fn fields(form: &Form) -> AnyView {
    view! {
        {field(form, Spec::required(Field::Title, Control::Line("text")))}
        {field(form, Spec::optional(Field::Url, Control::Line("url")))}
        {field(form, Spec::optional(Field::Description, Control::Lines(5)))}
        <div class="form-pair">
            {field(form, Spec::optional(Field::Duration, Control::Line("text")))}
            {field(form, Spec::optional(Field::PublishedOn, Control::Line("text")))}
        </div>
        {field(form, Spec::optional(Field::Slug, Control::Line("text")))}
        {field(form, Spec::optional(Field::Chapters, Control::Lines(5)))}
        {rows(form, &PLACEMENTS, placement)}
    }
    .into_any()
}

fn placement(form: &Form, row: usize) -> AnyView {
    let id = form.cell("placement_id", row).to_owned();
    view! {
        <input type="hidden" name="placement_id" value=id/>
        {field_in_row(form, row, Spec::in_row(Field::PlacementProductId(0), Control::Proposed(LIST)))}
        <div class="row-times">
            {field_in_row(form, row, Spec::in_row(Field::PlacementStart(0), Control::Line("text")))}
            {field_in_row(form, row, Spec::in_row(Field::PlacementEnd(0), Control::Line("text")))}
        </div>
        {field_in_row(form, row, Spec::in_row(Field::PlacementNote(0), Control::Line("text")))}
    }
    .into_any()
}
