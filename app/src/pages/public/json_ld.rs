//! Structured data: what a page is about, for search engines (JSON-LD 1.1).
//!
//! Only the server makes it, because search engines read a page as it came; what the browser's program
//! finds there it leaves as it is.

#[cfg(feature = "ssr")]
mod clips;
#[cfg(feature = "ssr")]
mod documents;

use leptos::prelude::*;
use types::pages::{ArtistPage, ProductPage, PublicKind, VideoPage};

/// What a list of everything of a kind is.
pub(super) fn list(kind: PublicKind) -> AnyView {
    #[cfg(feature = "ssr")]
    let scripts = documents::list(kind);
    #[cfg(not(feature = "ssr"))]
    let scripts = none_for(&kind);
    element(scripts)
}

/// What the page of an artist is.
pub(super) fn artist(page: &ArtistPage) -> AnyView {
    #[cfg(feature = "ssr")]
    let scripts = documents::artist(page);
    #[cfg(not(feature = "ssr"))]
    let scripts = none_for(page);
    element(scripts)
}

/// What the page of a video is.
pub(super) fn video(page: &VideoPage) -> AnyView {
    #[cfg(feature = "ssr")]
    let scripts = documents::video(page);
    #[cfg(not(feature = "ssr"))]
    let scripts = none_for(page);
    element(scripts)
}

/// What the page of a product is.
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
