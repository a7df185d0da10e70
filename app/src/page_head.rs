//! Title and metadata in the `<head>` of a page.
#![expect(
    unreachable_pub,
    reason = "`#[component]` repeats the function as `pub`"
)]

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

use crate::{app_context::AppContext, navigation::Navigation, texts::texts};

/// Metadata of a page for search engines and link previews. Every text may be user input.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct HeadTags {
    /// One or two sentences; empty for the site's own description.
    pub(crate) description: String,
    /// The canonical URL, absolute.
    pub(crate) canonical: Option<String>,
    /// Open Graph properties by name: `og:title`.
    pub(crate) open_graph: Vec<(&'static str, String)>,
    /// Whether search engines may index the page.
    pub(crate) is_indexed: Indexing,
}

/// Whether search engines may index a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Indexing {
    #[default]
    Yes,
    No,
}

/// Writes the title and the metadata of a page, and reports that the page is shown.
#[component]
pub(crate) fn PageHead(
    /// The title of the page, without the name of the site.
    #[prop(into)]
    title: String,
    #[prop(optional)] head: HeadTags,
) -> impl IntoView {
    let is_refused = AppContext::current().refused_form().is_some();
    let description = match head.description.as_str() {
        "" => texts().document.description.to_owned(),
        _ => head.description,
    };
    let properties = head.open_graph.into_iter();
    let properties: Vec<_> = properties
        .map(|(property, content)| view! { <Meta property=property content=content/> })
        .collect();
    let title = document_title(&title, is_refused);
    announce(&title);
    let title = name(title);
    view! {
        {title}
        <Meta name="description" content=description/>
        {(head.is_indexed == Indexing::No).then(|| view! { <Meta name="robots" content="noindex"/> })}
        {head.canonical.map(|href| view! { <Link rel="canonical" href=href/> })}
        {properties}
    }
}

/// The title of the document for a page with this title.
pub(crate) fn document_title(page: &str, is_refused: bool) -> String {
    let texts = texts();
    let title = (texts.site.title)(page);
    if is_refused {
        return (texts.document.refused_title)(&title);
    }
    title
}

/// Reports to the navigation that the page is shown. The error page has no navigation.
fn announce(title: &str) {
    let Some(navigation) = use_context::<Navigation>() else {
        return;
    };
    let (title, address) = (title.to_owned(), navigation.address_now());
    Effect::new(move |_| {
        navigation.title.set(title.clone());
        let address = address.clone();
        request_animation_frame(move || navigation.finish(&address));
    });
}

/// The title is one element above all pages: `leptos_meta` keeps the titles of pages that were
/// removed, so each page would add another.
#[cfg(not(feature = "ssr"))]
pub(crate) fn name(_: String) -> impl IntoView {
    view! { <Title/> }
}

/// Escapes the title, because `leptos_meta` writes it into the document unescaped; a title with
/// `</title>` would end the element.
#[cfg(feature = "ssr")]
pub(crate) fn name(title: String) -> impl IntoView {
    view! { <Title text=escaped(&title)/> }
}

#[cfg(feature = "ssr")]
fn escaped(title: &str) -> String {
    title
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_text() {
        assert_eq!(
            escaped("a </title><b> &amp;"),
            "a &lt;/title&gt;&lt;b&gt; &amp;amp;"
        );
    }
}
