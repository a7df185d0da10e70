//! One field of a form, with its label, its error and its hint.

use leptos::prelude::*;
use types::Field;

use super::{
    form::{Form, id_in_row},
    text_area::text_area,
};
use crate::texts::texts;

/// What a value is typed into.
#[derive(Clone, Copy, Debug)]
pub(super) enum Control {
    /// One line, with the keyboard that a phone shows for it.
    Line(&'static str),
    /// One line for which a list of the page makes proposals.
    Proposed(&'static str),
    /// Several lines, so many to begin with.
    Lines(u8),
}

/// A field that is to be shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spec {
    field: Field,
    control: Control,
    need: Need,
}

/// Whether something must be typed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Need {
    Required,
    Optional,
    /// Within a row: a row that is empty is none, so nothing is said.
    Unsaid,
}

impl Spec {
    pub(super) fn required(field: Field, control: Control) -> Self {
        let need = Need::Required;
        Self {
            field,
            control,
            need,
        }
    }

    pub(super) fn optional(field: Field, control: Control) -> Self {
        let need = Need::Optional;
        Self {
            field,
            control,
            need,
        }
    }

    /// A field of a row, by that of any row.
    pub(super) fn in_row(field: Field, control: Control) -> Self {
        let need = Need::Unsaid;
        Self {
            field,
            control,
            need,
        }
    }
}

/// Where a field stands, and what is in it.
#[derive(Debug)]
struct Place {
    id: String,
    value: String,
    error: Option<String>,
}

/// A field that is there once.
pub(super) fn field(form: &Form, spec: Spec) -> AnyView {
    let name = spec.field.name();
    let place = Place {
        id: name.to_owned(),
        value: form.text(name).to_owned(),
        error: form.error(name, 0),
    };
    show(spec, place)
}

/// A field of a row.
pub(super) fn field_in_row(form: &Form, row: usize, spec: Spec) -> AnyView {
    let value = form.cell(spec.field.name(), row).to_owned();
    field_of_row(form, row, spec, value)
}

/// A field of a row with this in it.
pub(super) fn field_of_row(form: &Form, row: usize, spec: Spec, value: String) -> AnyView {
    let name = spec.field.name();
    let place = Place {
        id: id_in_row(name, row),
        value,
        error: form.error(name, row),
    };
    show(spec, place)
}

fn show(spec: Spec, place: Place) -> AnyView {
    let texts = texts();
    let label = (texts.studio.field)(spec.field);
    let Place { id, value, error } = place;
    let error_id = [&id, "-error"].concat();
    let hint = label.hint.map(|hint| (hint, [&id, "-hint"].concat()));
    let described_by = match &hint {
        Some((_, hint_id)) => [&error_id, " ", hint_id].concat(),
        None => error_id.clone(),
    };
    let note = match spec.need {
        Need::Required => Some(texts.studio.sheet.required),
        Need::Optional => Some(texts.forms.optional),
        Need::Unsaid => None,
    };
    let attributes = Attributes {
        id: id.clone(),
        name: spec.field.name(),
        value,
        described_by,
        is_invalid: error.is_some(),
        is_required: spec.need == Need::Required,
    };
    view! {
        <div class="form-field">
            <div class="form-field-top">
                <label for=id>{label.label}</label>
                {note.map(|note| view! { <span class="form-field-note">{note}</span> })}
            </div>
            <div class="form-field-line">{control(spec.control, attributes)}</div>
            <p class="form-field-error" id=error_id aria-live="polite">{error}</p>
            {hint.map(|(hint, id)| view! { <p class="form-field-hint" id=id>{hint}</p> })}
        </div>
    }
    .into_any()
}

/// What every kind of input has.
pub(super) struct Attributes {
    pub(super) id: String,
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) described_by: String,
    pub(super) is_invalid: bool,
    pub(super) is_required: bool,
}

fn control(control: Control, attributes: Attributes) -> AnyView {
    let (inputmode, list) = match control {
        Control::Lines(rows) => return text_area(rows, attributes),
        Control::Line(inputmode) => (inputmode, None),
        Control::Proposed(list) => ("text", Some(list)),
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
            aria-invalid=attributes.is_invalid.then_some("true")
        />
    }
    .into_any()
}

/// A choice of one of several, all to be seen.
pub(super) fn select(
    id: String,
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: &str,
) -> AnyView {
    let options = options.into_iter().map(|(value, label)| {
        let is_chosen = value == chosen;
        view! { <option value=value dir="auto" selected=is_chosen>{label}</option> }
    });
    view! {
        <div class="form-field">
            <div class="form-field-top">
                <label for=id.clone()>{label}</label>
            </div>
            <div class="form-field-line">
                <select class="form-field-input" id=id name=name dir="auto">
                    {options.collect::<Vec<_>>()}
                </select>
            </div>
        </div>
    }
    .into_any()
}
