//! The `h1` of a page.

use leptos::prelude::*;

/// The `h1` of a page. It is focusable: after client-side navigation it takes the focus, so that
/// screen readers announce the page and the keyboard continues from there.
#[component]
pub(crate) fn PageHeading(#[prop(into)] text: Signal<String>) -> impl IntoView {
    view! { <h1 class="page-heading" tabindex="-1" dir="auto">{text}</h1> }
}
