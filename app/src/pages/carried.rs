//! A page that the server renders and the browser's program carries (see [`content`](crate::content)).

use leptos::prelude::*;
use leptos_meta::Title;

use crate::navigation::Navigation;

/// The route of carried content, which stands in a slot of its own beside the routes. Only the title
/// of the document is set here, so that it goes with the page.
#[component]
pub(crate) fn CarriedPage() -> impl IntoView {
    let title = Navigation::current().carried_title;
    // The server reads a title when the signals of its page are gone.
    #[cfg(feature = "ssr")]
    let text = title.get_untracked();
    #[cfg(not(feature = "ssr"))]
    let text = move || title.get();
    view! { <Title text/> }
}
