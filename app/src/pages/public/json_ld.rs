//! Structured data of public pages for search engines (JSON-LD 1.1).
//!
//! Only the server renders it, because search engines read the HTML as sent. Hydration leaves the
//! element as it is.

#[cfg(feature = "ssr")]
mod clips;
#[cfg(feature = "ssr")]
mod documents;

use leptos::prelude::*;
use types::pages::{ArtistPage, ProductPage, PublicKind, VideoPage};

/// The structured data of the list of a kind.
pub(super) fn list(kind: PublicKind) -> AnyView {
    #[cfg(feature = "ssr")]
    let scripts = documents::list(kind);
    #[cfg(not(feature = "ssr"))]
    let scripts = none_for(&kind);
    element(scripts)
}

/// The structured data of an artist's page.
pub(super) fn artist(page: &ArtistPage) -> AnyView {
    #[cfg(feature = "ssr")]
    let scripts = documents::artist(page);
    #[cfg(not(feature = "ssr"))]
    let scripts = none_for(page);
    element(scripts)
}

/// The structured data of a video's page.
pub(super) fn video(page: &VideoPage) -> AnyView {
    #[cfg(feature = "ssr")]
    let scripts = documents::video(page);
    #[cfg(not(feature = "ssr"))]
    let scripts = none_for(page);
    element(scripts)
}

/// The structured data of a product's page.
pub(super) fn product(page: &ProductPage) -> AnyView {
    #[cfg(feature = "ssr")]
    let scripts = documents::product(page);
    #[cfg(not(feature = "ssr"))]
    let scripts = none_for(page);
    element(scripts)
}

fn element(scripts: String) -> AnyView {
    view! { <div hidden inner_html=scripts></div> }.into_any()
}

#[cfg(not(feature = "ssr"))]
fn none_for<T>(_: &T) -> String {
    String::new()
}
