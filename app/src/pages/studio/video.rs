//! The fields of the form of a video.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{EntityForm, PlacementInput, VideoInput},
    pages::studio::EntityInput,
};

use super::{
    Form, PRODUCTS,
    conflict::written,
    field::{Control, Spec, field, field_in},
    rows::{List, Row, RowsHandle},
};

/// The fields of the form of a video, and the handle that adds rows of placements.
pub(super) fn fields(
    form: Form,
    typed: &EntityForm<EntityInput>,
    video: &VideoInput,
) -> (AnyView, RowsHandle<PlacementInput>) {
    let placements = List {
        field: Field::Placements,
        typed: &video.placements,
        blank: PlacementInput::default(),
        row: placement,
    };
    let (placements, added) = placements.show(form, typed);
    let duration = Spec::optional(Field::Duration, Control::Line("text"));
    let published_on = Spec::optional(Field::PublishedOn, Control::Line("text"));
    let view = view! {
        {field(form, Spec::required(Field::Title, Control::Line("text")), &video.title)}
        {field(form, Spec::optional(Field::Url, Control::Line("url")), &video.url)}
        {field(form, Spec::optional(Field::Description, Control::Lines(5)), &video.description)}
        <div class="form-pair">
            {field(form, duration, &video.duration.text())}
            {field(form, published_on, &video.published_on)}
        </div>
        {field(form, Spec::optional(Field::Slug, Control::Line("text")), &video.slug)}
        {field(form, Spec::optional(Field::Chapters, Control::Lines(5)), &video.chapters.text())}
        {placements}
    };
    (view.into_any(), added)
}

fn placement(form: Form, row: Row, placement: &PlacementInput) -> AnyView {
    let product = Spec::in_row(Field::PlacementProductId, Control::Proposed(PRODUCTS));
    let line = |field: fn(u16) -> Field| Spec::in_row(field, Control::Line("text"));
    let [start, end] = [&placement.start, &placement.end].map(|time| time.text());
    view! {
        {row.hidden_id(Field::Placements, &placement.id)}
        {field_in(form, row, product, &placement.product_id)}
        <div class="row-times">
            {field_in(form, row, line(Field::PlacementStart), &start)}
            {field_in(form, row, line(Field::PlacementEnd), &end)}
        </div>
        {field_in(form, row, line(Field::PlacementNote), &placement.note)}
    }
    .into_any()
}

/// The fields as text, for comparing two versions.
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
