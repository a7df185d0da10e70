//! The fields of a video's form.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{PlacementInput, VideoInput},
};

use super::{
    Form, PRODUCTS,
    clash::written,
    field::{Control, Spec, field},
    rows::rows,
};

/// The fields of a video's form.
pub(super) fn fields(form: &Form, video: &VideoInput) -> AnyView {
    let placements = (video.placements.as_slice(), &PlacementInput::default());
    view! {
        {field(form, Spec::required(Field::Title, Control::Line("text")), &video.title)}
        {field(form, Spec::optional(Field::Url, Control::Line("url")), &video.url)}
        {field(form, Spec::optional(Field::Description, Control::Lines(5)), &video.description)}
        <div class="form-pair">
            {field(form, Spec::optional(Field::Duration, Control::Line("text")), &video.duration.text())}
            {field(form, Spec::optional(Field::PublishedOn, Control::Line("text")), &video.published_on)}
        </div>
        {field(form, Spec::optional(Field::Slug, Control::Line("text")), &video.slug)}
        {field(form, Spec::optional(Field::Chapters, Control::Lines(5)), &video.chapters.text())}
        {rows(form, Field::Placements, placements, placement)}
    }
    .into_any()
}

fn placement(form: &Form, row: u16, placement: &PlacementInput) -> AnyView {
    let product = Spec::in_row(Field::PlacementProductId(row), Control::Proposed(PRODUCTS));
    let id_name = Field::Placements.form_name_of(row, "id");
    let line = |field: Field| Spec::in_row(field, Control::Line("text"));
    view! {
        <input type="hidden" name=id_name value=placement.id.clone()/>
        {field(form, product, &placement.product_id)}
        <div class="row-times">
            {field(form, line(Field::PlacementStart(row)), &placement.start.text())}
            {field(form, line(Field::PlacementEnd(row)), &placement.end.text())}
        </div>
        {field(form, line(Field::PlacementNote(row)), &placement.note)}
    }
    .into_any()
}

/// The same as text, for the comparison of two states.
pub(super) fn field_texts(video: &VideoInput) -> Vec<(Field, String)> {
    let placements = written(&video.placements, |placement| {
        let times = [&placement.start, &placement.end].map(|time| time.text());
        [
            vec![placement.product_id.clone()],
            times.into(),
            vec![placement.note.clone()],
        ]
        .concat()
    });
    vec![
        (Field::Title, video.title.clone()),
        (Field::Url, video.url.clone()),
        (Field::Slug, video.slug.clone()),
        (Field::Description, video.description.clone()),
        (Field::Duration, video.duration.text()),
        (Field::PublishedOn, video.published_on.clone()),
        (Field::Chapters, video.chapters.text().into_owned()),
        (Field::Placements, placements),
    ]
}
