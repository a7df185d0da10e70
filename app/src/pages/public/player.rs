//! The player on the page of a video.

use leptos::{ev, prelude::*};

/// Hears what the player says, as long as the page is shown.
pub(super) fn listen() {
    let told = window_event_listener(ev::message, |event| dom::player::told(&event));
    on_cleanup(move || told.remove());
}
