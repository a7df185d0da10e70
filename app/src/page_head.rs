//! What the document says of a page, for those who do not look at it.
#![expect(
    unreachable_pub,
    reason = "`#[component]` repeats the function as `pub`"
)]

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};

use crate::{navigation::Navigation, state::AppState, texts::texts};

/// What the document says of a page: search engines read it, and what shows a link that somebody sent.
/// Everything may hold what people typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Head {
    /// A sentence or two; the site's own when it is empty.
    pub(crate) description: String,
    /// The one address of the page, as a whole URL.
    pub(crate) canonical: Option<String>,
    /// Open Graph properties: `og:title` and what it says.
    pub(crate) open_graph: Vec<(&'static str, String)>,
    /// Whether robots may keep the page.
    pub(crate) is_indexed: Indexed,
}

/// Whether robots may keep a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Indexed {
    #[default]
    Yes,
    No,
}

/// The title of a page and what else its document says.
#[component]
pub(crate) fn PageHead(
    /// What the page is called, without the name of the site.
    #[prop(into)]
    title: String,
    #[prop(optional)] head: Head,
) -> impl IntoView {
    let is_refused = AppState::current().refusal().is_some();
    let description = match head.description.as_str() {
        "" => texts().document.description.to_owned(),
        _ => head.description,
    };
    let properties = head.open_graph.into_iter();
    let properties: Vec<_> = properties
        .map(|(property, content)| view! { <Meta property=property content=content/> })
        .collect();
    let title = document_title(&title, is_refused);
    arrive(&title);
    let title = name(title);
    view! {
        {title}
        <Meta name="description" content=description/>
        {(head.is_indexed == Indexed::No).then(|| view! { <Meta name="robots" content="noindex"/> })}
        {head.canonical.map(|href| view! { <Link rel="canonical" href=href/> })}
        {properties}
    }
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

/// Says that the page is there, once it is. The page of trouble stands alone.
fn arrive(title: &str) {
    let Some(navigation) = use_context::<Navigation>() else {
        return;
    };
    let (title, address) = (title.to_owned(), navigation.address_now());
    Effect::new(move |_| {
        navigation.title.set(title.clone());
        let address = address.clone();
        request_animation_frame(move || navigation.arrived(&address));
    });
}

/// The title is an element of its own above all pages, because `leptos_meta` forgets none that it was
/// given when a page takes the place of another.
#[cfg(not(feature = "ssr"))]
pub(crate) fn name(_: String) -> impl IntoView {
    view! { <Title/> }
}

/// `leptos_meta` writes a title into the document as it is, so that `</title>` in it would end it.
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
