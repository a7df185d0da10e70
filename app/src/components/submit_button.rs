//! The button that sends a form.

use leptos::prelude::*;

use crate::{
    state::{flag, flag_text},
    texts::texts,
};

/// The button that sends a form. While it is busy it keeps its name and the focus; a second click
/// is ignored by the form itself.
#[component]
pub(crate) fn SubmitButton(label: &'static str, is_busy: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            class="submit-button button"
            type="submit"
            aria-disabled=flag(move || is_busy.get())
            aria-busy=flag(move || is_busy.get())
        >
            {label}
        </button>
        <span class="submit-button-status visually-hidden" role="status">
            {flag_text(is_busy, texts().forms.busy)}
        </span>
    }
}
