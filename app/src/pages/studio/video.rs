//! The fields of the form of a video.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{EntityForm, PlacementInput, VideoInput},
    pages::studio::EntityInput,
};

use super::{
    PRODUCTS, StudioForm,
    conflict::rows_as_text,
    field::{FieldSpec, InputKind, field, field_in},
    rows::{RowHandle, RowList, RowsHandle},
};

/// The fields of the form of a video, and the handle that adds rows of placements.
pub(super) fn fields(
    form: StudioForm,
    typed: &EntityForm<EntityInput>,
    video: &VideoInput,
) -> (AnyView, RowsHandle<PlacementInput>) {
    let placements = RowList {
        field: Field::Placements,
        typed: &video.placements,
        blank: PlacementInput::default(),
        row: placement,
    };
    let (placements, added) = placements.show(form, typed);
    let duration = FieldSpec::optional(Field::Duration, InputKind::Line("text"));
    let published_on = FieldSpec::optional(Field::PublishedOn, InputKind::Line("text"));
    let view = view! {
        {field(form, FieldSpec::required(Field::Title, InputKind::Line("text")), &video.title)}
        {field(form, FieldSpec::optional(Field::Url, InputKind::Line("url")), &video.url)}
        {field(form, FieldSpec::optional(Field::Description, InputKind::Lines(5)), &video.description)}
        <div class="form-pair">
            {field(form, duration, &video.duration.text())}
            {field(form, published_on, &video.published_on)}
        </div>
        {field(form, FieldSpec::optional(Field::Slug, InputKind::Line("text")), &video.slug)}
        {field(form, FieldSpec::optional(Field::Chapters, InputKind::Lines(5)), &video.chapters.text())}
        {placements}
    };
    (view.into_any(), added)
}

fn placement(form: StudioForm, row: RowHandle, placement: &PlacementInput) -> AnyView {
    let product = FieldSpec::in_row(Field::PlacementProductId, InputKind::Proposed(PRODUCTS));
    let line = |field: fn(u16) -> Field| FieldSpec::in_row(field, InputKind::Line("text"));
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
    let placements = rows_as_text(&video.placements, |placement| {
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
