//! A page that the server renders and the browser's program carries (see [`content`](crate::content)).

use leptos::prelude::*;

use crate::{navigation::Navigation, page_head, pages::not_found::NotFoundPage};

/// The route of carried content, which stands in a slot of its own beside the routes. Where the slot
/// has none that belongs to the address, there is no page.
#[component]
pub(crate) fn CarriedPage() -> impl IntoView {
    let navigation = Navigation::current();
    let shown = Memo::new(move |_| {
        let address = navigation.address();
        let carried = navigation.carried.get();
        (carried.as_ref() == Some(&address), address)
    });
    move || match shown.get() {
        (true, _) => name(),
        (false, _) => NotFoundPage().into_any(),
    }
}

/// Names the document; in the browser the content does that.
fn name() -> AnyView {
    #[cfg(feature = "ssr")]
    let title = title();
    #[cfg(not(feature = "ssr"))]
    let title = String::new();
    page_head::name(title).into_any()
}

#[cfg(feature = "ssr")]
fn title() -> String {
    let is_refused = crate::state::AppState::current().refusal().is_some();
    let content = use_context::<crate::content::Content>();
    let title = content.map(|content| page_head::document_title(&content.title, is_refused));
    title.unwrap_or_default()
}
