//! A labelled input with its hint and its error.

use leptos::prelude::*;
use types::Field;

use crate::{app_context::flag, form_state::AccountForm, texts::texts};

/// A labelled input with its hint and its error. The component never writes the value: what was
/// typed before hydration, or filled in by a password manager, must not be overwritten.
#[component]
pub(crate) fn FormField(
    form: AccountForm,
    field: Field,
    label: &'static str,
    autocomplete: &'static str,
    /// The `inputmode`: the keyboard that a phone shows.
    #[prop(default = "text")]
    inputmode: &'static str,
    /// Whether the field may be empty.
    #[prop(default = false)]
    is_optional: bool,
    #[prop(default = None)] hint: Option<String>,
    #[prop(default = String::new())] value: String,
    /// The `type` of the input; only a password's changes.
    #[prop(into, default = Signal::stored("text"))]
    kind: Signal<&'static str>,
    /// Content behind the input, on the same line.
    #[prop(default = ().into_any())]
    after: AnyView,
) -> impl IntoView {
    let name = field.name();
    let hint_id = [name, "-hint"].concat();
    let error_id = [name, "-error"].concat();
    let described_by = match &hint {
        Some(_) => [&error_id, " ", &hint_id].concat(),
        None => error_id.clone(),
    };
    let error = Signal::derive(move || {
        form.reason(field)
            .map(|reason| (texts().reason)(field, reason))
    });
    let is_invalid = flag(move || form.reason(field).is_some());
    let autofocus = form.should_autofocus(field);
    view! {
        <div class="form-field">
            <div class="form-field-top">
                <label for=name>{label}</label>
                {is_optional.then(|| view! { <span class="form-field-note">{texts().forms.optional}</span> })}
            </div>
            <div class="form-field-line">
                <input
                    class="form-field-input"
                    id=name
                    name=name
                    type=kind
                    value=value
                    inputmode=inputmode
                    autocomplete=autocomplete
                    autocapitalize=if is_optional { "words" } else { "none" }
                    spellcheck="false"
                    dir="auto"
                    required=!is_optional
                    autofocus=autofocus
                    aria-describedby=described_by
                    aria-invalid=is_invalid
                />
                {after}
            </div>
            <p class="form-field-error" id=error_id aria-live="polite">
                {error}
            </p>
            {hint.map(|hint| view! { <p class="form-field-hint" id=hint_id>{hint}</p> })}
        </div>
    }
}
