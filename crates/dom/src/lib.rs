//! The open document, as our programs in the browser look at it.

pub mod player;

use web_sys::{
    Document, Element, Event, HtmlElement, HtmlInputElement, InputEvent, Window,
    wasm_bindgen::JsCast as _,
};

/// The window; none where no document is open, as in a worker.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The open document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The elements within another that a selector finds, in the order of the document.
pub fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into().ok())
        .collect()
}

/// The first of them.
pub fn first(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok()?
}

/// The first element of the document that a selector finds.
pub fn anywhere(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}

/// The closest element around the target of an event that a selector finds.
pub fn within(event: &Event, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok()?
}

/// Whether an input method is still composing what an event is about.
///
/// The text in the field is not what the person means before `compositionend` (UI Events, 5.7).
/// `false` for an event that says nothing of an input method.
pub fn is_composing(event: &Event) -> bool {
    let event: &InputEvent = event.unchecked_ref();
    event.is_composing()
}

/// Moves the focus to an element, if there is one.
pub fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        _ = element.focus();
    }
}

/// Puts a value into a field; nobody who listens learns of it.
pub fn fill(field: Option<Element>, value: &str) {
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        field.set_value(value);
    }
}
