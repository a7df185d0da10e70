//! Input methods, which compose a text before it is what a person means.

use web_sys::{Event, InputEvent, KeyboardEvent, wasm_bindgen::JsCast as _};

use crate::state::{after_render, listen};

/// Keeps Enter from sending a form when it takes what an input method proposes.
pub(crate) fn watch() {
    after_render(|| {
        listen("keydown", |event| {
            // What a browser fills in by itself comes with key events that name no key.
            let key = event.dyn_ref::<KeyboardEvent>();
            if key.is_some_and(|key| key.is_composing() && key.key() == "Enter") {
                event.prevent_default();
            }
        });
    });
}

/// Whether an input method is still composing what an event is about.
///
/// The text in the field is not what the person means before `compositionend` (UI Events, 5.7).
/// `false` for an event that says nothing of an input method.
pub(crate) fn is_composing(event: &Event) -> bool {
    let event: &InputEvent = event.unchecked_ref();
    event.is_composing()
}
