//! A labelled `select`.

use leptos::prelude::*;

/// A labelled `select`.
pub(super) struct Select {
    pub(super) name: Signal<String>,
    pub(super) id: String,
    pub(super) label: &'static str,
    /// Values and their labels.
    pub(super) options: Vec<(String, String)>,
    pub(super) chosen: String,
}

impl Select {
    pub(super) fn show(self) -> AnyView {
        let Self {
            name,
            id,
            label,
            options,
            chosen,
        } = self;
        let options = options.into_iter().map(|(value, label)| {
            let is_chosen = value == chosen;
            view! { <option value=value dir="auto" selected=is_chosen>{label}</option> }
        });
        view! {
            <div class="form-field">
                <div class="form-field-top">
                    <label for=id.clone()>{label}</label>
                </div>
                <div class="form-field-line">
                    <select class="form-field-input" id=id name=name dir="auto">
                        {options.collect::<Vec<_>>()}
                    </select>
                </div>
            </div>
        }
        .into_any()
    }
}
