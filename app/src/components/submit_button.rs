//! The submit button of a form.

use leptos::prelude::*;

use crate::{
    app_context::{flag, flag_text},
    texts::texts,
};

/// The submit button of a form. While the form is busy the button keeps its label and the focus; it
/// is not `disabled`. The form itself ignores a second click.
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
