//! The heading of a page.

use leptos::prelude::*;

/// The heading of a page. It can take the focus after a navigation without a reload, so that a screen
/// reader says where one is, and the keyboard goes on from there.
#[component]
pub(crate) fn PageHeading(#[prop(into)] text: Signal<String>) -> impl IntoView {
    view! { <h1 class="page-heading" tabindex="-1" dir="auto">{text}</h1> }
}
