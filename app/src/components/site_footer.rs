//! The footer of every page.

use leptos::prelude::*;

use crate::texts::texts;

/// The footer of every page.
#[component]
pub(crate) fn SiteFooter() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <p>{texts().site.motto}</p>
        </footer>
    }
}
