//! What was typed into content and is not saved. A form that is to be kept says so, and holds the
//! question that is asked before it is left.

use dom::within;
use leptos::prelude::*;
use web_sys::{Element, Event};

/// On a form that is to be kept; its value is the question.
const KEEP: &str = "data-keep";

/// On a form in which something is typed; the server says so of one that came back refused.
const UNSAVED: &str = "data-unsaved";

/// Something was typed.
pub(crate) fn mark(event: &Event) {
    let form = within(event, "form[data-keep]");
    if let Some(form) = form {
        _ = form.set_attribute(UNSAVED, "");
    }
}

/// Whether something would be lost.
pub(crate) fn is_there() -> bool {
    form().is_some()
}

/// Whether it is this form that would be lost.
pub(super) fn is_in(form: &Element) -> bool {
    form.has_attribute(UNSAVED)
}

/// Whether the page may be left; asks when something would be lost.
pub(crate) fn may_leave() -> bool {
    let Some(form) = form() else {
        return true;
    };
    let question = form.get_attribute(KEEP).unwrap_or_default();
    let is_left = window().confirm_with_message(&question).unwrap_or(true);
    if is_left {
        forget(&form);
    }
    is_left
}

/// The document is about to be left; the browser asks in words of its own.
pub(crate) fn warn(event: &Event) {
    if is_there() {
        event.prevent_default();
    }
}

/// Nothing of this form would be lost.
pub(super) fn forget(form: &Element) {
    _ = form.remove_attribute(UNSAVED);
}

fn form() -> Option<Element> {
    dom::anywhere("form[data-keep][data-unsaved]")
}
