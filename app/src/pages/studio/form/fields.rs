//! The fields of a form: which are refused and why, and when it is time to say so.
//!
//! A field is checked once it was left with something in it, and then letter by letter, by the function
//! that the server checks it with.

use leptos::{ev, prelude::*};
use types::{Field, FieldErrors, Reason, catalogue::is_certain, pages::studio::FormProblem};
use web_sys::{Element, js_sys, wasm_bindgen::JsCast as _};

use super::{Form, body_of, id_of};
use crate::{composing::is_composing, form_state::is_pressed};

/// A field of a form.
#[derive(Clone, Debug)]
pub(in crate::pages::studio) struct FieldState {
    pub(in crate::pages::studio) id: String,
    /// Its name in the form, which changes with its row.
    pub(in crate::pages::studio) name: Signal<String>,
    /// Why it is refused, as far as it is time to say so.
    pub(in crate::pages::studio) refused: RwSignal<Option<(Field, Reason)>>,
    /// Whether it was left with something in it, or came back refused.
    is_left: StoredValue<bool>,
}

impl Form {
    /// A field of this form. What is refused of it when the page comes is said at once.
    pub(in crate::pages::studio) fn field(self, id: String, name: Signal<String>) -> FieldState {
        let refused = self.problem.with_untracked(|problem| {
            let errors = problem.as_ref().and_then(errors_of)?;
            self.refusal_of(errors, &name.get_untracked())
        });
        let field = FieldState {
            is_left: StoredValue::new(refused.is_some()),
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

    /// The id of the element of a field, which keeps it when its row is moved. While the page is made, a
    /// row still has the place that it came with.
    pub(in crate::pages::studio) fn id_of(self, field: Field) -> String {
        let name = self.kind.with_value(|kind| (kind.name_of)(field));
        let known = self.fields.with_value(|fields| {
            let mut fields = fields.iter();
            let field = fields.find(|field| field.name.get_untracked() == name)?;
            Some(field.id.clone())
        });
        known.unwrap_or_else(|| id_of(&name))
    }

    /// Something was typed: what is right now is no longer marked.
    pub(in crate::pages::studio) fn changed(self, event: &ev::Event) {
        self.keep();
        if is_composing(event) {
            return;
        }
        let Some(field) = self.field_of(event) else {
            return;
        };
        if field.refused.with_untracked(Option::is_some) {
            field.is_left.set_value(true);
        }
        if field.is_left.get_value() {
            self.mark();
        }
    }

    /// A row was added, moved or removed.
    pub(in crate::pages::studio) fn rearranged(self) {
        self.keep();
        self.mark();
    }

    /// A field was left: it is time to say what is wrong with what is in it.
    pub(in crate::pages::studio) fn left(self, event: &ev::FocusEvent) {
        let Some(field) = self.field_of(event) else {
            return;
        };
        if field.is_left.get_value() || value_of(&field).is_empty() || is_pressed() {
            return;
        }
        field.is_left.set_value(true);
        self.mark();
    }

    /// Shows at the fields what was refused of them.
    pub(super) fn show_refused(self, problem: &FormProblem) {
        let none = FieldErrors::default();
        let errors = errors_of(problem).unwrap_or(&none);
        for field in self.fields.get_value() {
            let refused = self.refusal_of(errors, &field.name.get_untracked());
            field.is_left.set_value(refused.is_some());
            field.refused.set(refused);
        }
    }

    /// Marks the fields that were left and are wrong for certain, and no others.
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
            if !field.is_left.get_value() {
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

/// What is refused of the fields of the form itself.
fn errors_of(problem: &FormProblem) -> Option<&FieldErrors> {
    match problem {
        FormProblem::InvalidPlacement { placement, .. } => Some(placement),
        problem => problem.field_errors(),
    }
}
