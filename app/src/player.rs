//! The player of a video: a page of its provider in a frame, which is loaded only when somebody asks
//! for it.

use std::mem;

use leptos::{ev, html, prelude::*};
use types::pages::PlayerSource;
use web_sys::{HtmlIFrameElement, js_sys::JSON, wasm_bindgen::JsValue};

use crate::state::after_render;

mod protocol;

use protocol::{Protocol, second_in};

/// Seconds for which something without an end counts as seen.
const SEEN: f64 = 5.0;

/// The player on a page. It outlives the models that the page reads, so the video goes on while one
/// of them is read again. The router can clean up the owner of a page that is still shown; after that
/// the player does nothing, where reading a signal would panic.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Player {
    source: StoredValue<Option<PlayerSource>>,
    /// The second from which the player was loaded; none while it is not.
    start: RwSignal<Option<u32>>,
    /// The second at which the player is; none before it has sent one.
    time: RwSignal<Option<f64>>,
    /// The frame, which `PlayerFrame` renders. It keeps one that was taken away.
    pub(crate) frame: NodeRef<html::Iframe>,
    /// Whether the frame is to take the focus once it is rendered. A `NodeRef` is set again whenever
    /// the view around it is, and that must not move the focus.
    is_focus_due: StoredValue<bool>,
}

impl Player {
    /// A player without a source. It listens to its frame until the owner is cleaned up, so that owner
    /// has to be the page's, not the one of a view that is built for each model.
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

    /// Names what is to be played; `None` where nothing can be. Another source than the one before
    /// unloads the player.
    pub(crate) fn set_source(self, source: Option<PlayerSource>) {
        if self.source() != source {
            self.unload();
            self.source.set_value(source);
        }
    }

    /// Takes the frame away.
    pub(crate) fn unload(self) {
        self.start.set(None);
        self.time.set(None);
    }

    /// Renders the frame, which begins at this second and takes the focus. Without a source nothing
    /// happens.
    pub(crate) fn load(self, second: u32) {
        if self.source().is_some() {
            self.is_focus_due.set_value(true);
            self.time.set(None);
            self.start.set(Some(second));
        }
    }

    /// Moves the player to a second, loads it for that if need be, and scrolls to it. False if there is
    /// nothing to play.
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

    /// A link to this second of the video was clicked: the player goes there in its place. A click
    /// that asks for a tab, a window or a file is left to the browser, and so is every one where there
    /// is nothing to play.
    pub(crate) fn link_clicked(self, event: &ev::MouseEvent, second: u32) {
        if is_plain(event) && self.seek(second) {
            event.prevent_default();
        }
    }

    /// The second at which the player is; `None` before it has sent one. A view that reads it follows
    /// it.
    pub(crate) fn time(self) -> Option<f64> {
        self.time.try_get().flatten()
    }

    /// Whether what is to be seen from one whole second to another is seen now; never without a start.
    /// The style expects it in the attribute `data-now`. It is no signal: the owner of a view, which is
    /// cleaned up while the next one is on its way, would dispose of that while the view is shown.
    pub(crate) fn is_seen(
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

    /// What the frame loads; `None` while there is none. A view that reads it follows it.
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

    /// The frame has loaded its page.
    pub(crate) fn subscribe(self) {
        let Some((frame, source)) = self.loaded_frame().zip(self.source()) else {
            return;
        };
        if let Some(message) = Protocol::of(&source.origin).subscription() {
            send(&frame, &source, message);
        }
    }

    /// A frame or a window has sent a message: it counts if it comes from the player's own origin and
    /// its own frame.
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

/// Scrolls to the frame, unless it is in view: where there is room, the style keeps it there.
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
    let end = end.map_or(start + SEEN, f64::from);
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
