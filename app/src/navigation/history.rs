//! Entries of the session history: their URLs and scroll positions.

use leptos::prelude::*;
use leptos_router::location::State;
use web_sys::{ScrollRestoration, wasm_bindgen::JsValue};

use super::url_of;

/// Pushes an entry for the page that stays shown after the browser has moved in its history.
pub(crate) fn push(address: &str) {
    if let Ok(history) = window().history() {
        let url = url_of(address);
        _ = history.push_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}

/// Removes this fragment from the URL, if it is there. The `:target` of the document does not
/// change.
pub(crate) fn remove_fragment(name: &str) {
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

/// The state of the current history entry, for the router.
pub(crate) fn state() -> State {
    let history = window().history();
    State::new(history.and_then(|history| history.state()).ok())
}

/// Saves the scroll position in the current entry and restores it ourselves from now on: on Back
/// the browser would restore it before the new content is there.
pub(crate) fn save_scroll() {
    let top = window().scroll_y().unwrap_or_default();
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&JsValue::from_f64(top), "", None);
    }
    set_scroll_restoration(ScrollRestoration::Manual);
}

/// Returns scroll restoration to the browser when the document is unloaded, for a reload.
pub(crate) fn restore_automatically() {
    set_scroll_restoration(ScrollRestoration::Auto);
}

/// Scrolls to the saved position after the next layout. The position is read at once: a late
/// `scrollend` of the previous page would overwrite it.
pub(crate) fn restore_scroll() {
    let state = window().history().and_then(|history| history.state());
    if let Some(top) = state.ok().and_then(|state| state.as_f64()) {
        request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, top));
    }
}

/// Scrolls to the element that the fragment names. Replacing the fragment makes the browser scroll
/// and update `:target`.
pub(crate) fn scroll_to_fragment() {
    if let Some(place) = location().hash().ok().filter(|place| place.len() > 1) {
        _ = location().replace(&place);
    }
}

fn set_scroll_restoration(by: ScrollRestoration) {
    if let Ok(history) = window().history() {
        _ = history.set_scroll_restoration(by);
    }
}
