//! What waits until nothing more is typed.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

/// For so long nothing is typed before something is asked for.
const PAUSE: Duration = Duration::from_millis(120);

/// Runs something when nothing has been typed for a while; what is typed until then begins the wait anew.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TypingPause(StoredValue<Option<TimeoutHandle>>);

impl TypingPause {
    /// Nothing waits when the page is gone.
    pub(crate) fn new() -> Self {
        let pause = Self(StoredValue::new(None));
        on_cleanup(move || pause.forget());
        pause
    }

    /// Something was typed. What an input method is still composing is no text yet; `compositionend` comes
    /// here, too.
    pub(crate) fn typed(self, is_composing: bool, run: impl FnOnce() + 'static) {
        self.forget();
        if is_composing {
            return;
        }
        let Ok(handle) = set_timeout_with_handle(run, PAUSE) else {
            return;
        };
        // The page may be about to go, and nobody would end the wait.
        if self.0.try_set_value(Some(handle)).is_some() {
            handle.clear();
        }
    }

    /// Nothing is waited for any more.
    pub(crate) fn forget(self) {
        if let Some(waiting) = self.0.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
    }
}
