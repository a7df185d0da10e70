//! The fields of a form and their errors.
//!
//! A field is checked after it was left with a value, and from then on at every key press, with the
//! function that the server uses.

use leptos::{ev, prelude::*};
use types::{Field, FieldErrors, Reason, catalogue::is_certain, pages::studio::FormProblem};
use web_sys::{Element, js_sys, wasm_bindgen::JsCast as _};

use super::{StudioForm, body_of, id_of};
use crate::{form_state::is_pressed, input_method::is_composing};

/// A field of a form.
#[derive(Clone, Debug)]
pub(in crate::pages::studio) struct FieldState {
    pub(in crate::pages::studio) id: String,
    /// The name in the form; it contains the row's number, which can change.
    pub(in crate::pages::studio) name: Signal<String>,
    /// The error that is shown.
    pub(in crate::pages::studio) refused: RwSignal<Option<(Field, Reason)>>,
    /// Whether the field was left with a value, or refused by the server.
    is_visited: StoredValue<bool>,
}

impl StudioForm {
    /// Registers a field. An error in the server's response is shown at once.
    pub(in crate::pages::studio) fn field(self, id: String, name: Signal<String>) -> FieldState {
        let refused = self.problem.with_untracked(|problem| {
            let errors = problem.as_ref().and_then(errors_of)?;
            self.refusal_of(errors, &name.get_untracked())
        });
        let field = FieldState {
            is_visited: StoredValue::new(refused.is_some()),
            refused: RwSignal::new(refused),
            id,
            name,
        };
        let (state, id) = (field.clone(), field.id.clone());
        self.fields.update_value(|fields| fields.push(state));
        on_cleanup(move || {
            self.fields
                .try_update_value(|fields| fields.retain(|field| field.id != id));
        });
        field
    }

    /// The id of the element of a field. It differs from the name once rows were moved; while the page
    /// is rendered no row has moved yet.
    pub(in crate::pages::studio) fn id_of(self, field: Field) -> String {
        let name = self.kind.with_value(|kind| (kind.name_of)(field));
        let known = self.fields.with_value(|fields| {
            let mut fields = fields.iter();
            let field = fields.find(|field| field.name.get_untracked() == name)?;
            Some(field.id.clone())
        });
        known.unwrap_or_else(|| id_of(&name))
    }

    /// Handles an input event: clears an error that no longer applies.
    pub(in crate::pages::studio) fn on_input(self, event: &ev::Event) {
        self.mark_unsaved();
        if is_composing(event) {
            return;
        }
        let Some(field) = self.field_of(event) else {
            return;
        };
        if field.refused.with_untracked(Option::is_some) {
            field.is_visited.set_value(true);
        }
        if field.is_visited.get_value() {
            self.mark();
        }
    }

    /// Handles a change of rows: added, moved or removed.
    pub(in crate::pages::studio) fn on_rows_change(self) {
        self.mark_unsaved();
        self.mark();
    }

    /// Handles a blur event: from now on errors of the field are shown.
    pub(in crate::pages::studio) fn on_blur(self, event: &ev::FocusEvent) {
        let Some(field) = self.field_of(event) else {
            return;
        };
        if field.is_visited.get_value() || value_of(&field).is_empty() || is_pressed() {
            return;
        }
        field.is_visited.set_value(true);
        self.mark();
    }

    /// Shows the errors of a problem at the fields.
    pub(super) fn show_refused(self, problem: &FormProblem) {
        let none = FieldErrors::default();
        let errors = errors_of(problem).unwrap_or(&none);
        for field in self.fields.get_value() {
            let refused = self.refusal_of(errors, &field.name.get_untracked());
            field.is_visited.set_value(refused.is_some());
            field.refused.set(refused);
        }
    }

    /// Shows the certain errors of fields that were left, and no others.
    fn mark(self) {
        let Some(body) = self.element().and_then(|form| body_of(&form)) else {
            return;
        };
        let kind = self.kind.get_value();
        let Some(check) = &kind.check else {
            return;
        };
        let errors = check(&body);
        for field in self.fields.get_value() {
            if !field.is_visited.get_value() {
                continue;
            }
            let refused = self.refusal_of(&errors, &field.name.get_untracked());
            let refused = refused.filter(|(_, reason)| is_certain(*reason, &value_of(&field)));
            if field.refused.get_untracked() != refused {
                field.refused.set(refused);
            }
        }
    }

    fn refusal_of(self, errors: &FieldErrors, name: &str) -> Option<(Field, Reason)> {
        let name_of = self.kind.with_value(|kind| kind.name_of);
        errors.iter().find(|(field, _)| name_of(*field) == name)
    }

    fn field_of(self, event: &ev::Event) -> Option<FieldState> {
        let element: Element = event.target()?.dyn_into().ok()?;
        let id = element.id();
        let find = |fields: &Vec<FieldState>| fields.iter().find(|field| field.id == id).cloned();
        self.fields.try_with_value(find)?
    }
}

fn value_of(field: &FieldState) -> String {
    let element = document().get_element_by_id(&field.id);
    let value = element.and_then(|element| js_sys::Reflect::get(&element, &"value".into()).ok());
    value
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// The refused fields of the form itself.
fn errors_of(problem: &FormProblem) -> Option<&FieldErrors> {
    match problem {
        FormProblem::InvalidPlacement { placement, .. } => Some(placement),
        problem => problem.field_errors(),
    }
}
