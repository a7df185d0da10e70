//! Delays work until typing has paused.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

/// Minimum time without input before the work runs.
const PAUSE: Duration = Duration::from_millis(120);

/// Runs work after a pause in typing (debounce); further input restarts the delay.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Debounce(StoredValue<Option<TimeoutHandle>>);

impl Debounce {
    /// Without pending work. Pending work is cancelled when the owner is disposed.
    pub(crate) fn new() -> Self {
        let pause = Self(StoredValue::new(None));
        on_cleanup(move || pause.forget());
        pause
    }

    /// Schedules the work after an input event. Text that an input method is still composing is ignored;
    /// callers also pass `compositionend`.
    pub(crate) fn run_later(self, is_composing: bool, run: impl FnOnce() + 'static) {
        self.forget();
        if is_composing {
            return;
        }
        let Ok(handle) = set_timeout_with_handle(run, PAUSE) else {
            return;
        };
        // The owner may be disposed already, and then nothing else would cancel the work.
        if self.0.try_set_value(Some(handle)).is_some() {
            handle.clear();
        }
    }

    /// Cancels the pending work.
    pub(crate) fn forget(self) {
        if let Some(waiting) = self.0.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
    }
}
