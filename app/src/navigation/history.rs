//! What the browser keeps of the pages that were shown: their addresses, and how far each was
//! scrolled.

use leptos::prelude::*;
use leptos_router::location::State;
use web_sys::{ScrollRestoration, wasm_bindgen::JsValue};

use super::url_of;

/// Writes the page that stays where the browser has moved in its history.
pub(crate) fn push(address: &str) {
    if let Ok(history) = window().history() {
        let url = url_of(address);
        _ = history.push_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}

/// Takes this fragment out of the address, if it is there. What is its target stays so.
pub(crate) fn forget_fragment(name: &str) {
    let here = location().hash().unwrap_or_default();
    if here.strip_prefix('#') != Some(name) {
        return;
    }
    if let Ok(history) = window().history() {
        let url = url_of(super::here().as_str());
        let state = history.state().unwrap_or(JsValue::NULL);
        _ = history.replace_state_with_url(&state, "", Some(&url));
    }
}

/// What is noted of the page that the browser has moved to.
pub(crate) fn state() -> State {
    let history = window().history();
    State::new(history.and_then(|history| history.state()).ok())
}

/// Notes how far the page is scrolled. From now on that is ours to mend: the browser would scroll
/// the page that is left, because the one that Back leads to is still on its way.
pub(crate) fn remember_scroll() {
    let top = window().scroll_y().unwrap_or_default();
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&JsValue::from_f64(top), "", None);
    }
    mend_scroll(ScrollRestoration::Manual);
}

/// Leaves scrolling to the browser when the document is left: a reload is its own affair.
pub(crate) fn leave_scroll() {
    mend_scroll(ScrollRestoration::Auto);
}

/// Scrolls to where the page was left, once it is laid out. Where that is, is read at once: the end
/// of a scroll on the page before may still be told, and would be noted.
pub(crate) fn scroll_back() {
    let state = window().history().and_then(|history| history.state());
    if let Some(top) = state.ok().and_then(|state| state.as_f64()) {
        request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, top));
    }
}

/// Shows the place on the page that the address names. The browser moves there, and marks it, by itself
/// once it is told to.
pub(crate) fn show_place() {
    if let Some(place) = location().hash().ok().filter(|place| place.len() > 1) {
        _ = location().replace(&place);
    }
}

fn mend_scroll(by: ScrollRestoration) {
    if let Ok(history) = window().history() {
        _ = history.set_scroll_restoration(by);
    }
}
