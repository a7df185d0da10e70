//! The logo with the name of the site.

use leptos::prelude::*;

use crate::texts::texts;

/// The logo with the name of the site: a pin whose head is a frame with a play mark.
#[component]
pub(crate) fn Wordmark() -> impl IntoView {
    view! {
        <span class="wordmark">
            <span class="wordmark-sign" inner_html=include_str!("../art/logo.svg")></span>
            <span class="wordmark-name">{texts().site.name}</span>
        </span>
    }
}
