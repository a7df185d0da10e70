//! The player of a video: the provider's page in an iframe, loaded only on request.

use std::mem;

use leptos::{ev, html, prelude::*};
use types::pages::PlayerSource;
use web_sys::{HtmlIFrameElement, js_sys::JSON, wasm_bindgen::JsValue};

use crate::app_context::after_render;

mod protocol;

use protocol::{Protocol, second_in};

/// Seconds for which a placement without an end counts as visible.
const DEFAULT_SPAN: f64 = 5.0;

/// The player on a page; cheap to copy. It outlives the models of the page, so a video keeps playing
/// while a model is read again. The router may dispose the owner of a page that is still shown; the
/// player then does nothing, because reading a disposed signal would panic.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Player {
    source: StoredValue<Option<PlayerSource>>,
    /// The second that the player was loaded at; `None` while it is not loaded.
    start: RwSignal<Option<u32>>,
    /// The current second; `None` before the player has sent one.
    time: RwSignal<Option<f64>>,
    /// The iframe, which `PlayerFrame` renders. The reference keeps a removed element.
    pub(crate) frame: NodeRef<html::Iframe>,
    /// Whether to focus the frame once it is rendered. A `NodeRef` is also set when the surrounding view
    /// is rebuilt, which must not move the focus.
    is_focus_due: StoredValue<bool>,
}

impl Player {
    /// A player without a source. It listens for messages until its owner is disposed, so the owner must
    /// be that of the page and not that of a view that is rebuilt for each model.
    pub(crate) fn new() -> Self {
        let player = Self {
            source: StoredValue::new(None),
            start: RwSignal::new(None),
            time: RwSignal::new(None),
            frame: NodeRef::new(),
            is_focus_due: StoredValue::new(false),
        };
        let listener = window_event_listener(ev::message, move |event| player.receive(&event));
        on_cleanup(move || listener.remove());
        after_render(move || player.frame_rendered());
        player
    }

    /// Sets the source; `None` if the video cannot be played here. Another source than the current one
    /// unloads the player.
    pub(crate) fn set_source(self, source: Option<PlayerSource>) {
        if self.source() != source {
            self.unload();
            self.source.set_value(source);
        }
    }

    /// Removes the frame.
    pub(crate) fn unload(self) {
        self.start.set(None);
        self.time.set(None);
    }

    /// Renders the frame, starting at this second, and focuses it. Does nothing without a source.
    pub(crate) fn load(self, second: u32) {
        if self.source().is_some() {
            self.is_focus_due.set_value(true);
            self.time.set(None);
            self.start.set(Some(second));
        }
    }

    /// Seeks to a second, loads the player if necessary, and scrolls to it. False without a source.
    pub(crate) fn seek(self, second: u32) -> bool {
        let Some(source) = self.source() else {
            return false;
        };
        let Some(frame) = self.loaded_frame() else {
            self.load(second);
            return true;
        };
        match Protocol::of(&source.origin).seek(second) {
            Some(message) => send(&frame, &source, &message),
            None => frame.set_src(&address(&source, second)),
        }
        scroll_to(&frame);
        true
    }

    /// Handles a click on a link to this second: seeks instead of following the link. Clicks with a
    /// modifier and clicks without a source are left to the browser.
    pub(crate) fn link_clicked(self, event: &ev::MouseEvent, second: u32) {
        if is_plain(event) && self.seek(second) {
            event.prevent_default();
        }
    }

    /// The current second, tracked; `None` before the player has sent one.
    pub(crate) fn time(self) -> Option<f64> {
        self.time.try_get().flatten()
    }

    /// Whether a placement from `start` to `end` is visible now, for the attribute `data-current`;
    /// never without a start. This is a closure and not a signal: the owner of a view, disposed while
    /// the next view is pending, would dispose the signal of a view that is still shown.
    pub(crate) fn is_playing(
        self,
        start: Option<u32>,
        end: Option<u32>,
    ) -> impl Fn() -> bool + Copy + Send + 'static {
        move || {
            start
                .zip(self.time())
                .is_some_and(|(start, time)| is_within(time, start, end))
        }
    }

    /// The URL of the frame, tracked; `None` while it is not loaded.
    pub(crate) fn address(self) -> Option<String> {
        let second = self.start.try_get().flatten()?;
        Some(address(&self.source()?, second))
    }

    fn source(self) -> Option<PlayerSource> {
        self.source.try_get_value().flatten()
    }

    fn loaded_frame(self) -> Option<HtmlIFrameElement> {
        self.start.try_get_untracked().flatten()?;
        self.frame.try_get_untracked().flatten()
    }

    fn frame_rendered(self) {
        let Some(frame) = self.frame.get() else {
            return;
        };
        if self.is_focus_due.try_update_value(mem::take) == Some(true) {
            _ = frame.focus();
            scroll_to(&frame);
        }
    }

    /// Handles the frame's load event: subscribes to the player's messages.
    pub(crate) fn subscribe(self) {
        let Some((frame, source)) = self.loaded_frame().zip(self.source()) else {
            return;
        };
        if let Some(message) = Protocol::of(&source.origin).subscription() {
            send(&frame, &source, message);
        }
    }

    /// Handles a message event. Only messages from the player's origin and frame count.
    fn receive(self, event: &ev::MessageEvent) {
        let Some((frame, source)) = self.loaded_frame().zip(self.source()) else {
            return;
        };
        let window = frame.content_window().map(JsValue::from);
        let is_from_frame = window.is_some() && event.source().map(JsValue::from) == window;
        if event.origin() != source.origin || !is_from_frame {
            return;
        }
        let data = event.data();
        let message = data
            .as_string()
            .or_else(|| JSON::stringify(&data).ok()?.as_string());
        let message = message.unwrap_or_default();
        if let Some(answer) = Protocol::of(&source.origin).answer(&message) {
            send(&frame, &source, answer);
        }
        if let Some(second) = second_in(&message) {
            self.time.set(Some(second));
        }
    }
}

fn address(source: &PlayerSource, second: u32) -> String {
    let own_origin = window().location().origin().unwrap_or_default();
    Protocol::of(&source.origin).address(source, second, &own_origin)
}

fn send(frame: &HtmlIFrameElement, source: &PlayerSource, message: &str) {
    if let Some(window) = frame.content_window() {
        _ = window.post_message(&message.into(), &source.origin);
    }
}

/// Scrolls to the frame unless it is in view; on large screens the style keeps it in view.
fn scroll_to(frame: &HtmlIFrameElement) {
    let height = window().inner_height().ok();
    let height = height.and_then(|height| height.as_f64());
    let place = frame.get_bounding_client_rect();
    if place.top() < 0.0 || height.is_some_and(|height| place.bottom() > height) {
        frame.scroll_into_view();
    }
}

fn is_plain(event: &ev::MouseEvent) -> bool {
    let has_modifier = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    !event.default_prevented() && event.button() == 0 && !has_modifier
}

fn is_within(time: f64, start: u32, end: Option<u32>) -> bool {
    let start = f64::from(start);
    let end = end.map_or(start + DEFAULT_SPAN, f64::from);
    (start..=end).contains(&time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_seen_from_its_start_to_its_end() {
        for (time, is_seen) in [(82.9, false), (83.0, true), (90.0, true), (90.1, false)] {
            assert_eq!(is_within(time, 83, Some(90)), is_seen, "{time}");
        }
    }

    #[test]
    fn something_without_an_end_is_seen_for_a_while() {
        for (time, is_seen) in [(82.9, false), (83.0, true), (88.0, true), (88.1, false)] {
            assert_eq!(is_within(time, 83, None), is_seen, "{time}");
        }
    }
}
