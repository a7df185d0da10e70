//! What stands below every page.

use leptos::prelude::*;

use crate::texts::texts;

/// What stands below every page.
#[component]
pub(crate) fn SiteFooter() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <p>{texts().site.motto}</p>
        </footer>
    }
}
