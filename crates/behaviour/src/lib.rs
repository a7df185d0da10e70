//! What makes content alive besides navigation: rows of lists, checks while one types, the player.
//! It is a program of its own, which only the pages ask for that have such things.
//!
//! Listeners stand on the window and look at `data-` attributes, so whatever content comes is alive.

mod check;
mod rows;

use dom::player;
use wasm_bindgen::{JsCast as _, closure::Closure, prelude::wasm_bindgen};
use web_sys::{Event, KeyboardEvent, MessageEvent, MouseEvent};

/// Listens, as long as the document is there; runs as soon as the program is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
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
    listen("compositionend", check::changed);
    listen("focusout", check::left);
    listen("message", |event| {
        if let Some(message) = event.dyn_ref::<MessageEvent>() {
            player::told(message);
        }
    });
    // The style shows what only works with this program, and tests wait for it.
    if let Some(html) = dom::anywhere("html") {
        _ = html.set_attribute("data-behaviour", "");
    }
}

/// Hears of what happens before the program of the page does, which follows links that nobody
/// has taken.
fn listen(name: &str, run: fn(&Event)) {
    let Some(window) = dom::window() else {
        return;
    };
    let run = Closure::<dyn Fn(Event)>::new(move |event| run(&event));
    let run = run.into_js_value();
    // Without it the page is as it is without the program.
    _ = window.add_event_listener_with_callback_and_bool(name, run.unchecked_ref(), true);
}
