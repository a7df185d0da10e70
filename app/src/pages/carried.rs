//! A page that the server renders and the browser's program carries (see [`content`](crate::content)).

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{navigation::Navigation, pages::not_found::NotFoundPage};

/// The route of carried content, which stands in a slot of its own beside the routes. Only the title
/// of the document is set here, so that it goes with the page. Where there is no content, there is no
/// page.
#[component]
pub(crate) fn CarriedPage() -> impl IntoView {
    let title = Navigation::current().carried_title;
    let is_there = Memo::new(move |_| title.with(Option::is_some));
    move || {
        if !is_there.get() {
            return NotFoundPage().into_any();
        }
        // The server reads a title when the signals of its page are gone.
        #[cfg(feature = "ssr")]
        let text = title.get_untracked().unwrap_or_default();
        #[cfg(not(feature = "ssr"))]
        let text = move || title.get().unwrap_or_default();
        view! { <Title text/> }.into_any()
    }
}
