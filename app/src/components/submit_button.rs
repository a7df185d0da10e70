//! The button that sends a form.

use leptos::prelude::*;

use crate::texts::texts;

/// The button that sends a form. While it is busy it keeps its name and the focus; a second click
/// is ignored by the form itself.
#[component]
pub(crate) fn SubmitButton(label: &'static str, is_busy: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            class="submit-button button"
            type="submit"
            aria-disabled=move || is_busy.get().then_some("true")
            aria-busy=move || is_busy.get().then_some("true")
        >
            {label}
        </button>
        <span class="submit-button-status visually-hidden" role="status">
            {move || is_busy.get().then_some(texts().forms.busy)}
        </span>
    }
}
