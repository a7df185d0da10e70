//! What the document is called.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{state::AppState, texts::texts};

/// What the document is called: the page, the site, and before both that a form on it was refused.
#[component]
pub(crate) fn PageTitle(#[prop(into)] text: String) -> impl IntoView {
    let is_refused = AppState::current().refusal().is_some();
    view! { <Title text=escaped(document_title(&text, is_refused))/> }
}

/// The title of a document whose page is called `page`.
pub(crate) fn document_title(page: &str, is_refused: bool) -> String {
    let texts = texts();
    let title = (texts.site.title)(page);
    if is_refused {
        return (texts.document.refused_title)(&title);
    }
    title
}

/// leptos_meta writes a title into the document as it is, so that `</title>` in it would end it.
#[cfg(feature = "ssr")]
pub(crate) fn escaped(title: String) -> String {
    crate::content::title_text(&title)
}

#[cfg(not(feature = "ssr"))]
pub(crate) fn escaped(title: String) -> String {
    title
}
