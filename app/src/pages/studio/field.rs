//! A field of a form with label, error and hint.

use leptos::prelude::*;
use types::{Field, Reason};

use super::{
    form::{FieldState, StudioForm, id_of},
    rows::RowHandle,
    text_area::text_area,
};
use crate::{
    app_context::flag,
    texts::{studio_texts, texts},
};

/// The kind of input.
#[derive(Clone, Copy, Debug)]
pub(super) enum InputKind {
    /// A single line, with this `inputmode`.
    Line(&'static str),
    /// A single line with suggestions from the `datalist` of this id.
    Proposed(&'static str),
    /// Several lines; the initial height in rows.
    Lines(u8),
}

/// The description of a field.
#[derive(Clone, Copy, Debug)]
pub(super) struct FieldSpec {
    field: Field,
    control: InputKind,
    need: Requirement,
}

/// Whether a value is required.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Requirement {
    Required,
    Optional,
    /// In a row of a list: an empty row is dropped, so neither "required" nor "optional" is shown.
    Unsaid,
}

impl FieldSpec {
    pub(super) fn required(field: Field, control: InputKind) -> Self {
        let need = Requirement::Required;
        Self {
            field,
            control,
            need,
        }
    }

    pub(super) fn optional(field: Field, control: InputKind) -> Self {
        let need = Requirement::Optional;
        Self {
            field,
            control,
            need,
        }
    }

    /// A field of a row, regardless of the row's number.
    pub(super) fn in_row(field: fn(u16) -> Field, control: InputKind) -> Self {
        let need = Requirement::Unsaid;
        Self {
            field: field(0),
            control,
            need,
        }
    }

    pub(super) fn field(self) -> Field {
        self.field
    }
}

/// A field of a form with its value.
pub(super) fn field(form: StudioForm, spec: FieldSpec, value: &str) -> AnyView {
    let name = spec.field.form_name();
    let state = form.field(id_of(&name), name.into());
    show(spec, state, value)
}

/// A field of a row. It keeps its id when the row moves; its name follows the row's position.
pub(super) fn field_in(form: StudioForm, row: RowHandle, spec: FieldSpec, value: &str) -> AnyView {
    let field = spec.field;
    let id = id_of(&field.in_row(row.key).form_name());
    let name = Signal::derive(move || field.in_row(row.place()).form_name());
    show(spec, form.field(id, name), value)
}

/// A field that is registered with its form.
pub(super) fn show(spec: FieldSpec, state: FieldState, value: &str) -> AnyView {
    let label = (studio_texts().field)(spec.field);
    let FieldState {
        id, name, refused, ..
    } = state;
    let error_id = [&id, "-error"].concat();
    let hint = label.hint.map(|hint| (hint, [&id, "-hint"].concat()));
    let described_by = match &hint {
        Some((_, hint_id)) => [&error_id, " ", hint_id].concat(),
        None => error_id.clone(),
    };
    let note = match spec.need {
        Requirement::Required => Some(studio_texts().edit_page.required),
        Requirement::Optional => Some(texts().forms.optional),
        Requirement::Unsaid => None,
    };
    let attributes = InputAttributes {
        id: id.clone(),
        name,
        value: value.to_owned(),
        described_by,
        is_invalid: flag(move || refused.get().is_some()),
        is_required: spec.need == Requirement::Required,
    };
    view! {
        <div class="form-field">
            <div class="form-field-top">
                <label for=id>{label.label}</label>
                {note.map(|note| view! { <span class="form-field-note">{note}</span> })}
            </div>
            <div class="form-field-line">{control(spec.control, attributes)}</div>
            {error(error_id, refused)}
            {hint.map(|(hint, id)| view! { <p class="form-field-hint" id=id>{hint}</p> })}
        </div>
    }
    .into_any()
}

/// The error of a field, announced by screen readers when it changes.
pub(super) fn error(id: String, refused: RwSignal<Option<(Field, Reason)>>) -> AnyView {
    let why = move || refused.get().map(|(field, reason)| sentence(field, reason));
    view! { <p class="form-field-error" id=id aria-live="polite">{why}</p> }.into_any()
}

/// The attributes that every kind of input has.
pub(super) struct InputAttributes {
    pub(super) id: String,
    pub(super) name: Signal<String>,
    pub(super) value: String,
    pub(super) described_by: String,
    pub(super) is_invalid: Signal<Option<&'static str>>,
    pub(super) is_required: bool,
}

fn control(control: InputKind, attributes: InputAttributes) -> AnyView {
    let (inputmode, list) = match control {
        InputKind::Lines(rows) => return text_area(rows, attributes),
        InputKind::Line(inputmode) => (inputmode, None),
        InputKind::Proposed(list) => ("text", Some(list)),
    };
    view! {
        <input
            class="form-field-input"
            id=attributes.id
            name=attributes.name
            type="text"
            value=attributes.value
            inputmode=inputmode
            list=list
            autocomplete="off"
            dir="auto"
            required=attributes.is_required
            aria-describedby=attributes.described_by
            aria-invalid=attributes.is_invalid
        />
    }
    .into_any()
}

/// The error as a sentence. All chapters share one text area, so the line number is added.
pub(super) fn sentence(field: Field, reason: Reason) -> String {
    let why = (studio_texts().reason)(field, reason);
    match (field, field.row()) {
        (Field::ChapterStart(_) | Field::ChapterTitle(_), Some(line)) => {
            (studio_texts().edit_page.in_line)(usize::from(line) + 1, &why)
        }
        _ => why,
    }
}

/// The label of a refused field, with the number of its row.
pub(super) fn label(field: Field) -> String {
    let texts = studio_texts();
    let label = (texts.field)(field).label;
    match (field, field.row()) {
        (Field::ChapterStart(_) | Field::ChapterTitle(_), _) | (_, None) => label.to_owned(),
        (_, Some(row)) => (texts.edit_page.in_row)(label, usize::from(row) + 1),
    }
}
