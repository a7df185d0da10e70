//! Elements of content, as its behaviour looks for them.

use leptos::prelude::document;
use web_sys::{Element, HtmlElement, HtmlInputElement, wasm_bindgen::JsCast as _};

/// The elements within another that a selector finds, in the order of the document.
pub(super) fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into().ok())
        .collect()
}

/// The first of them.
pub(super) fn first(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok()?
}

/// The first element of the document that a selector finds.
pub(super) fn anywhere(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok()?
}

/// Moves the focus to an element, if there is one.
pub(super) fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        _ = element.focus();
    }
}

/// Puts a value into a field, as if it was typed: whoever listens learns of it.
pub(super) fn fill(field: Option<Element>, value: &str) {
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        field.set_value(value);
    }
}
