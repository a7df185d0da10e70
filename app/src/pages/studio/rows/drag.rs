//! Moving a row by dragging its handle.

use leptos::{ev, prelude::*};
use web_sys::Element;

use super::arrangement::RowsState;

impl RowsState {
    /// Starts dragging: the pointer was pressed on the handle of a row.
    pub(super) fn grab(self, key: u16, event: &ev::PointerEvent) {
        // The page may be about to be removed, with its signals disposed.
        if event.button() != 0 || self.dragged.try_set(Some(key)).is_some() {
            return;
        }
        event.prevent_default();
        self.stop_listening();
        self.listeners.set_value(vec![
            window_event_listener(ev::pointermove, move |event| self.drag(&event)),
            window_event_listener(ev::pointerup, move |_| self.drop_row()),
            window_event_listener(ev::pointercancel, move |_| self.drop_row()),
        ]);
    }

    /// Removes the listeners: the pointer was released, or the page is removed.
    pub(super) fn stop_listening(self) {
        let listeners = self.listeners.try_update_value(std::mem::take);
        for listener in listeners.unwrap_or_default() {
            listener.remove();
        }
    }

    fn drag(self, event: &ev::PointerEvent) {
        let Some(key) = self.dragged.try_get_untracked().flatten() else {
            return;
        };
        let (x, y) = (event.client_x() as f32, event.client_y() as f32);
        let under = document().element_from_point(x, y);
        let under = under.and_then(|element| element.closest("[data-row]").ok()?);
        let Some((under, other)) = under.and_then(|under| Some((self.place_of(&under)?, under)))
        else {
            return;
        };
        let Some(place) = self.place(key) else {
            return;
        };
        // Only past the middle of the neighbour, so that rows of different heights do not flicker.
        let bounds = other.get_bounding_client_rect();
        let is_past_middle = f64::from(y) > bounds.top() + bounds.height() / 2.0;
        if under < place && !is_past_middle || under > place && is_past_middle {
            self.put(key, under);
        }
    }

    fn drop_row(self) {
        self.stop_listening();
        let Some(key) = self.dragged.try_get_untracked().flatten() else {
            return;
        };
        self.dragged.set(None);
        self.moved(key);
    }

    /// The position of a row's element; `None` if it belongs to another list.
    fn place_of(self, row: &Element) -> Option<usize> {
        let list = self.list.try_get_untracked()??;
        let rows = list.children();
        (0..rows.length()).position(|index| rows.item(index).as_ref() == Some(row))
    }
}
