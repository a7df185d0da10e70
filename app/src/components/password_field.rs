//! A field for a password, which can be shown.

use leptos::prelude::*;
use types::Field;

use crate::{components::form_field::FormField, form_state::FormState, texts::texts};

/// A field for a password. Pasting works, nothing is cut off, and what was typed can be shown;
/// the button for that is hidden by the style until the page is alive.
#[component]
pub(crate) fn PasswordField(
    form: FormState,
    autocomplete: &'static str,
    #[prop(default = None)] hint: Option<String>,
) -> impl IntoView {
    let texts = &texts().forms;
    let is_revealed = form.is_revealed;
    // The name must not contain the label of the field, or the field has two of that name.
    let reveal = view! {
        <button
            class="password-field-reveal"
            type="button"
            aria-label=texts.reveal
            aria-controls=Field::Password.name()
            aria-pressed=Signal::derive(move || Some(if is_revealed.get() { "true" } else { "false" }))
            on:click=move |_| is_revealed.update(|is_revealed| *is_revealed = !*is_revealed)
        >
            {texts.reveal_short}
        </button>
    };
    view! {
        <FormField
            form
            field=Field::Password
            label=texts.password
            autocomplete
            hint
            kind=Signal::derive(move || if is_revealed.get() { "text" } else { "password" })
            after=reveal.into_any()
        />
    }
}
