//! The rows of a list and their order: add, remove, move.

use leptos::{ev, html, leptos_dom::helpers::WindowListenerHandle, prelude::*, task::spawn_local};
use web_sys::{Element, HtmlElement, wasm_bindgen::JsCast as _};

use super::RowsHandle;
use crate::{input_method::is_composing, pages::studio::form::StudioForm, texts::studio_texts};

/// The direction in which a row moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Direction {
    Up,
    Down,
}

/// The rows of a list in a form; cheap to copy.
#[derive(Clone, Copy)]
pub(in crate::pages::studio) struct RowsState {
    /// The keys of the rows, in order.
    pub(super) keys: RwSignal<Vec<u16>>,
    /// Whether rows were added, moved or removed after hydration.
    pub(super) is_reordered: RwSignal<bool>,
    /// The announcement of the last change for screen readers.
    pub(super) announcement: RwSignal<String>,
    /// The key of the row that is being dragged.
    pub(super) dragged: RwSignal<Option<u16>>,
    /// The listeners for the pointer while a row is dragged.
    pub(super) listeners: StoredValue<Vec<WindowListenerHandle>>,
    pub(super) list: NodeRef<html::Ol>,
    next_key: StoredValue<u16>,
    form: StudioForm,
}

impl RowsState {
    /// A list with this number of rows.
    pub(super) fn new(form: StudioForm, count: u16) -> Self {
        let rows = Self {
            keys: RwSignal::new((0..count).collect()),
            is_reordered: RwSignal::new(false),
            announcement: RwSignal::new(String::new()),
            dragged: RwSignal::new(None),
            listeners: StoredValue::new(Vec::new()),
            list: NodeRef::new(),
            next_key: StoredValue::new(count),
            form,
        };
        on_cleanup(move || rows.stop_listening());
        rows
    }

    /// Adds a row and focuses its first field.
    pub(super) fn add(self) {
        if self.push().is_none() {
            return;
        }
        self.say(studio_texts().rows.added, self.count());
        self.after_change(move || {
            let last = self.row(self.count().saturating_sub(1));
            focus(last, ".row-fields input, .row-fields select");
        });
    }

    pub(super) fn remove(self, key: u16) {
        let Some(place) = self.place(key) else {
            return;
        };
        self.keys.update(|keys| _ = keys.remove(place));
        self.say(studio_texts().rows.removed, 0);
        self.after_change(move || {
            let next = place.min(self.count().saturating_sub(1));
            match self.row(next) {
                Some(row) => focus(Some(row), ".row-tools button:last-of-type"),
                None => focus(self.fieldset(), "[name=more]"),
            }
        });
    }

    /// Moves a row past its neighbour. The focus is restored, because the row's element is re-inserted.
    pub(super) fn swap(self, key: u16, direction: Direction) {
        let Some(place) = self.place(key) else {
            return;
        };
        let other = match direction {
            Direction::Up => place.checked_sub(1),
            Direction::Down => Some(place + 1).filter(|other| *other < self.count()),
        };
        if let Some(other) = other {
            self.keys.update(|keys| keys.swap(place, other));
            self.moved(key);
        }
    }

    /// Moves a row to this position.
    pub(super) fn put(self, key: u16, to: usize) {
        if let Some(place) = self.place(key) {
            self.keys.update(|keys| {
                let key = keys.remove(place);
                keys.insert(to.min(keys.len()), key);
            });
            self.is_reordered.set(true);
        }
    }

    /// Announces that a row was moved.
    pub(super) fn moved(self, key: u16) {
        let place = self.place(key).unwrap_or_default();
        self.say(studio_texts().rows.moved, place + 1);
        let focused = document().active_element();
        self.after_change(move || {
            if let Some(focused) = focused.and_then(|one| one.dyn_into::<HtmlElement>().ok()) {
                _ = focused.focus();
            }
        });
    }

    /// Handles a key press: Alt with an arrow moves the focused row.
    pub(super) fn pressed(self, key: u16, event: &ev::KeyboardEvent) {
        let direction = match event.key().as_str() {
            "ArrowUp" => Direction::Up,
            "ArrowDown" => Direction::Down,
            _ => return,
        };
        let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        // In these fields Alt with an arrow opens the suggestions.
        let is_choice = target.is_some_and(|one| one.matches("select, [list]").unwrap_or(false));
        if event.alt_key() && !is_choice && !is_composing(event) {
            event.prevent_default();
            self.swap(key, direction);
        }
    }

    /// The position of a row; `None` if it was removed, or if the signals were disposed with the page.
    pub(super) fn place(self, key: u16) -> Option<usize> {
        let place = |keys: &Vec<u16>| keys.iter().position(|known| *known == key);
        self.keys.try_with_untracked(place)?
    }

    /// The element of the row at this position.
    fn row(self, place: usize) -> Option<Element> {
        let list = self.list.try_get_untracked()??;
        list.children().item(u32::try_from(place).ok()?)
    }

    fn fieldset(self) -> Option<Element> {
        self.list.try_get_untracked()??.parent_element()
    }

    fn push(self) -> Option<u16> {
        let key = self.next_key.try_get_value()?;
        self.next_key.set_value(key.checked_add(1)?);
        self.keys.update(|keys| keys.push(key));
        Some(key)
    }

    fn count(self) -> usize {
        self.keys.with_untracked(Vec::len)
    }

    /// Announces a change, with the number of the row and the number of rows.
    fn say(self, text: fn(usize, usize) -> String, number: usize) {
        self.announcement.set(text(number, self.count()));
    }

    /// Runs after the next render.
    fn after_change(self, run: impl FnOnce() + 'static) {
        self.is_reordered.set(true);
        let run: Box<dyn FnOnce()> = Box::new(run);
        spawn_local(async move {
            leptos::task::tick().await;
            // The page may have been removed by now.
            if self.keys.try_get_untracked().is_none() {
                return;
            }
            run();
            self.form.on_rows_change();
        });
    }
}

impl<R: Clone + Send + Sync> RowsHandle<R> {
    /// Adds a row with this value.
    pub(in crate::pages::studio) fn push(self, value: R) {
        let key = self.rows.next_key.get_value();
        self.values
            .update_value(|values| _ = values.insert(key, value));
        self.rows.push();
        self.rows.is_reordered.set(true);
    }

    /// Whether an existing row was created with a value that matches.
    pub(in crate::pages::studio) fn has(self, is_it: impl Fn(&R) -> bool) -> bool {
        let keys = self.rows.keys.get_untracked();
        self.values.with_value(|values| {
            let mut there = keys.iter().filter_map(|key| values.get(key));
            there.any(is_it)
        })
    }

    pub(super) fn value(self, key: u16) -> Option<R> {
        self.values.with_value(|values| values.get(&key).cloned())
    }
}

fn focus(within: Option<Element>, selector: &str) {
    let found = within.and_then(|within| within.query_selector(selector).ok()?);
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        _ = found.focus();
    }
}
