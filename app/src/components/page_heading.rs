//! The heading of a page.

use leptos::{html, prelude::*};
use web_sys::FocusOptions;

use crate::state::{AppState, after_render};

/// The heading of a page. After a navigation without a reload it takes the focus, so that a
/// screen reader says where one is, and the keyboard goes on from there.
#[component]
pub(crate) fn PageHeading(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let node = NodeRef::<html::H1>::new();
    let is_navigation = AppState::current().is_alive.get_value();
    after_render(move || {
        let Some(heading) = node.get().filter(|_| is_navigation) else {
            return;
        };
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        _ = heading.focus_with_options(&options);
    });
    view! {
        <h1 class="page-heading" tabindex="-1" dir="auto" node_ref=node>
            {text}
        </h1>
    }
}
