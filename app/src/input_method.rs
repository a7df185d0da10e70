//! Input methods (IME), which compose text over several key presses.

use web_sys::{Event, InputEvent, KeyboardEvent, wasm_bindgen::JsCast as _};

use crate::app_context::{after_render, listen};

/// Keeps Enter from submitting a form while it confirms a suggestion of an input method.
pub(crate) fn watch() {
    after_render(|| {
        listen("keydown", |event| {
            // Autofill dispatches key events that are no `KeyboardEvent`.
            let key = event.dyn_ref::<KeyboardEvent>();
            if key.is_some_and(|key| key.is_composing() && key.key() == "Enter") {
                event.prevent_default();
            }
        });
    });
}

/// Whether the input method is still composing the text that an event is about.
///
/// Before `compositionend` the field does not hold the final text (UI Events, 5.7). `false` for an
/// event that has no such flag.
pub(crate) fn is_composing(event: &Event) -> bool {
    let event: &InputEvent = event.unchecked_ref();
    event.is_composing()
}
