//! A password input with a button that reveals the value.

use leptos::prelude::*;
use types::Field;

use crate::{components::form_field::FormField, form_state::AccountForm, texts::texts};

/// A password input with a button that reveals the value. Pasting is allowed and nothing is cut off
/// (ASVS 6.2.7, 6.2.8). The style hides the button until the page is hydrated.
#[component]
pub(crate) fn PasswordField(
    form: AccountForm,
    autocomplete: &'static str,
    #[prop(default = None)] hint: Option<String>,
) -> impl IntoView {
    let texts = &texts().forms;
    let is_revealed = form.is_revealed;
    // The accessible name must not contain the field's label: `getByLabel` and screen readers would
    // find two elements of that name.
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
