//! One field of a form, with its label, its error and its hint.

use leptos::prelude::*;
use types::Field;

use super::{
    form::{Form, id_of},
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

    pub(super) fn field(self) -> Field {
        self.field
    }

    /// A field of a row.
    pub(super) fn in_row(field: Field, control: Control) -> Self {
        let need = Need::Unsaid;
        Self {
            field,
            control,
            need,
        }
    }
}

/// What a field is called in its form, and what is in it.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) value: String,
    pub(super) error: Option<String>,
}

/// A field of a form, with this in it.
pub(super) fn field(form: &Form, spec: Spec, value: &str) -> AnyView {
    let name = spec.field.form_name();
    let shown = Shown {
        id: id_of(&name),
        value: value.to_owned(),
        error: form.error(&name),
        name,
    };
    show(spec, shown)
}

/// A field by the name that it has in its form.
pub(super) fn show(spec: Spec, shown: Shown) -> AnyView {
    let texts = texts();
    let label = (texts.studio.field)(spec.field);
    let Shown {
        name,
        id,
        value,
        error,
    } = shown;
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
        name,
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
    pub(super) name: String,
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
    name: String,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: &str,
) -> AnyView {
    let id = id_of(&name);
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
