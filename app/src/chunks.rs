//! The chunks of the WebAssembly program, which are loaded on demand.

use leptos::{prelude::*, wasm_split::SplitLoaderError};

use crate::pages::{public, studio};

/// Path prefixes and the chunk with the pages below them. A chunk has the name in
/// `#[wasm_split(NAME, …)]` of the function that renders its pages.
pub const PARTS: [(&str, &str); 8] = [
    ("/", "public"),
    ("/artists", "public"),
    ("/videos", "public"),
    ("/products", "public"),
    ("/search", "public"),
    ("/leave", "public"),
    ("/go", "public"),
    ("/studio", "studio"),
];

/// Declares the route of a page in a chunk. `#[lazy_route]` of Leptos panics when the chunk fails to
/// load, and leaves a page with dead links (leptos#4347, leptos#4785).
macro_rules! lazy_route {
    ($name:ident, $make:expr) => {
        #[derive(Debug)]
        pub(crate) struct $name;

        impl leptos_router::LazyRoute for $name {
            fn data() -> Self {
                Self
            }

            async fn view(_: Self) -> leptos::prelude::AnyView {
                match $make.await {
                    Ok(view) => view,
                    Err(_) => $crate::chunks::whole_page().await,
                }
            }
        }
    };
}

pub(crate) use lazy_route;

/// The chunk with the page at this path; `None` if the page is in the main program.
pub(crate) fn chunk_of(path: &str) -> Option<&'static str> {
    chunk_in(&PARTS, path)
}

/// Loads the chunk with the page at this path. Without it the page cannot be hydrated.
///
/// # Errors
/// The error of the loader: the chunk could not be fetched or compiled.
pub async fn load_chunk_of(path: &str) -> Result<(), SplitLoaderError> {
    match chunk_of(path) {
        Some("studio") => studio::preload().await,
        Some(_) => public::preload().await,
        None => Ok(()),
    }
}

/// Reloads the document when a chunk fails to load; never completes.
#[cfg(not(feature = "ssr"))]
pub(crate) async fn whole_page() -> AnyView {
    _ = location().reload();
    std::future::pending().await
}

/// Never shown: the server has all code.
#[cfg(feature = "ssr")]
pub(crate) async fn whole_page() -> AnyView {
    ().into_any()
}

/// Whether a path equals a prefix or is below it.
pub(crate) fn is_at(path: &str, place: &str) -> bool {
    let rest = path.strip_prefix(place);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn chunk_in(parts: &[(&str, &'static str)], path: &str) -> Option<&'static str> {
    let found = parts.iter().find(|(start, _)| is_at(path, start));
    found.map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::chunk_in;

    #[test]
    fn a_page_is_in_the_part_of_the_paths_above_it() {
        let parts = [("/studio", "studio"), ("/videos", "public")];
        assert_eq!(chunk_in(&parts, "/studio"), Some("studio"));
        assert_eq!(chunk_in(&parts, "/studio/products/new"), Some("studio"));
        assert_eq!(chunk_in(&parts, "/videos/1"), Some("public"));
        assert_eq!(chunk_in(&parts, "/studios"), None);
        assert_eq!(chunk_in(&parts, "/"), None);
    }
}
