//! Content pages: the server renders them whole, and the browser's program only carries them.
//!
//! None of their views and texts is sent to the browser as a program, so there can be any number
//! of them. They work without it: by links, by forms with GET, and by forms with POST to the page's
//! own path.

mod answer;
pub(crate) mod carrier;
pub(crate) mod form;
#[cfg(feature = "ssr")]
mod head;
pub(crate) mod live_search;
#[cfg(feature = "ssr")]
mod page;
mod parts;
pub(crate) mod unsaved;

use leptos::prelude::*;

#[cfg(feature = "ssr")]
pub use self::{head::Head, page::Content};

/// What is at this path and below it is content. It is for those who are signed in.
const STUDIO: &str = "/studio";

/// Whether a path is one of content pages. Whether there is something, only the server knows.
pub(crate) fn is_content(path: &str) -> bool {
    is_at(path, STUDIO)
}

/// Where content stands. It is always there, and empty while a live page is shown. What is in it
/// comes from the server and is nothing that the browser's program made, so hydration passes it by.
#[cfg(feature = "ssr")]
pub(crate) fn slot() -> impl IntoView {
    let content = use_context::<Content>();
    let shown = content.and_then(|content| content.show());
    view! { <div class="site-content">{shown}</div> }
}

#[cfg(not(feature = "ssr"))]
pub(crate) fn slot() -> impl IntoView {
    view! { <div class="site-content"></div> }
}

/// Whether a path is at a place or below it.
pub(crate) fn is_at(path: &str, place: &str) -> bool {
    let rest = path.strip_prefix(place);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_studio_is_content_and_nothing_else_is() {
        for path in ["/studio", "/studio/videos/new"] {
            assert!(is_content(path), "{path}");
        }
        for path in ["", "/", "/studios", "/videos/studio", "/Studio", "//studio"] {
            assert!(!is_content(path), "{path}");
        }
    }
}
