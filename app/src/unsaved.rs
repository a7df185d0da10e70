//! What is typed into a page and not saved.

use leptos::prelude::*;
use web_sys::{
    Element, Event, HtmlInputElement, HtmlOptionElement, HtmlTextAreaElement, Node,
    wasm_bindgen::JsCast as _,
};

/// What is typed into a page and not saved; a context of all components.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unsaved {
    /// The question that is asked before it is lost.
    question: StoredValue<Option<&'static str>>,
}

impl Unsaved {
    pub(crate) fn new() -> Self {
        Self {
            question: StoredValue::new(None),
        }
    }

    /// Something is typed that must not be lost without this question.
    pub(crate) fn keep(self, question: &'static str) {
        self.question.set_value(Some(question));
    }

    /// Nothing would be lost any more.
    pub(crate) fn forget(self) {
        self.question.set_value(None);
    }

    /// Whether something would be lost.
    pub(crate) fn is_there(self) -> bool {
        self.question.get_value().is_some()
    }

    /// Whether the page may be left; asks when something would be lost, and then not again.
    pub(crate) fn may_leave(self) -> bool {
        let is_left = self.confirm();
        if is_left {
            self.forget();
        }
        is_left
    }

    /// Asks whether what would be lost may be lost; true if that is nothing.
    pub(crate) fn confirm(self) -> bool {
        let Some(question) = self.question.get_value() else {
            return true;
        };
        window().confirm_with_message(question).unwrap_or(true)
    }

    /// The document is about to be left; the browser asks in words of its own.
    pub(crate) fn warn(self, event: &Event) {
        if self.is_there() {
            event.prevent_default();
        }
    }
}

/// Whether something is typed into the fields of an element: also before this program was there.
pub(crate) fn is_typed_into(element: &Element) -> bool {
    let Ok(fields) = element.query_selector_all("input, textarea, option") else {
        return false;
    };
    let mut fields = (0..fields.length()).filter_map(|index| fields.get(index));
    fields.any(|field| is_changed(&field))
}

fn is_changed(field: &Node) -> bool {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        return input.value() != input.default_value()
            || input.checked() != input.default_checked();
    }
    if let Some(option) = field.dyn_ref::<HtmlOptionElement>() {
        // Without a default the first one is chosen.
        return option.default_selected() && !option.selected();
    }
    let area = field.dyn_ref::<HtmlTextAreaElement>();
    area.is_some_and(|area| Ok(area.value()) != area.default_value())
}
