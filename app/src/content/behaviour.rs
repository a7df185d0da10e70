//! What makes content alive besides navigation: rows of lists, checks while one types, the player.
//!
//! Listeners stand on the window and look at `data-` attributes, so whatever content comes is alive.

use web_sys::{KeyboardEvent, MessageEvent, MouseEvent, wasm_bindgen::JsCast as _};

use super::{check, player, rows};
use crate::state::listen;

/// Listens, as long as the document is there.
pub(crate) fn watch() {
    listen("click", |event| {
        rows::clicked(event);
        if let Some(click) = event.dyn_ref::<MouseEvent>() {
            player::clicked(click);
        }
    });
    listen("keydown", |event| {
        if let Some(key) = event.dyn_ref::<KeyboardEvent>() {
            rows::pressed(key);
        }
    });
    for name in ["pointerdown", "pointermove", "pointerup", "pointercancel"] {
        listen(name, |event| {
            if let Some(pointer) = event.dyn_ref::<MouseEvent>() {
                rows::dragged(pointer);
            }
        });
    }
    listen("input", check::changed);
    listen("focusout", check::left);
    listen("message", |event| {
        if let Some(message) = event.dyn_ref::<MessageEvent>() {
            player::told(message);
        }
    });
}
