//! A page that the server renders and the browser's program carries (see [`content`](crate::content)).

use leptos::prelude::*;

use crate::{navigation::Navigation, pages::not_found::NotFoundPage};

/// The route of carried content, which stands in a slot of its own beside the routes. Where the slot
/// has none that belongs to the address, there is no page.
#[component]
pub(crate) fn CarriedPage() -> impl IntoView {
    let navigation = Navigation::current();
    let is_there = Memo::new(move |_| {
        let address = navigation.address();
        navigation
            .carried
            .with(|carried| carried.as_ref() == Some(&address))
    });
    move || match is_there.get() {
        true => name(),
        false => NotFoundPage().into_any(),
    }
}

/// Names the document; in the browser the content has done that.
#[cfg(feature = "ssr")]
fn name() -> AnyView {
    use crate::{
        content::Content,
        page_head::{document_title, name},
        state::AppState,
    };

    let is_refused = AppState::current().refusal().is_some();
    let content = use_context::<Content>();
    let title = content.map(|content| document_title(&content.title, is_refused));
    title.map(name).into_any()
}

#[cfg(not(feature = "ssr"))]
fn name() -> AnyView {
    ().into_any()
}
