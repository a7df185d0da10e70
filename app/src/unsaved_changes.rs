//! Unsaved input on a page.

use leptos::prelude::*;
use web_sys::{
    Element, Event, HtmlInputElement, HtmlOptionElement, HtmlTextAreaElement, Node,
    wasm_bindgen::JsCast as _,
};

/// Whether the page has unsaved input; a Leptos context of all components.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnsavedChanges {
    /// The question before the input is lost; `None` if there is none.
    question: StoredValue<Option<&'static str>>,
}

impl UnsavedChanges {
    pub(crate) fn new() -> Self {
        Self {
            question: StoredValue::new(None),
        }
    }

    /// Marks input as unsaved; this question is asked before it is lost.
    pub(crate) fn mark(self, question: &'static str) {
        self.question.set_value(Some(question));
    }

    /// Marks all input as saved or discarded.
    pub(crate) fn clear(self) {
        self.question.set_value(None);
    }

    /// Whether there is unsaved input.
    pub(crate) fn exist(self) -> bool {
        self.question.get_value().is_some()
    }

    /// Whether the page may be left. Asks if there is unsaved input, and not again after a yes.
    pub(crate) fn confirm_and_clear(self) -> bool {
        let is_left = self.confirm();
        if is_left {
            self.clear();
        }
        is_left
    }

    /// Asks whether unsaved input may be lost; true if there is none.
    pub(crate) fn confirm(self) -> bool {
        let Some(question) = self.question.get_value() else {
            return true;
        };
        window().confirm_with_message(question).unwrap_or(true)
    }

    /// Handles `beforeunload`: the browser asks in its own words.
    pub(crate) fn warn(self, event: &Event) {
        if self.exist() {
            event.prevent_default();
        }
    }
}

/// Whether a field within an element differs from its initial value, also before hydration.
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
        // Without a `selected` attribute the first option is the default.
        return option.default_selected() && !option.selected();
    }
    let area = field.dyn_ref::<HtmlTextAreaElement>();
    area.is_some_and(|area| Ok(area.value()) != area.default_value())
}
