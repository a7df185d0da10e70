//! The parts of the browser's program that are loaded only where they are needed.

use leptos::{prelude::*, wasm_split::SplitLoaderError};

use crate::pages::{public, studio};

/// The start of the paths whose pages are in a part, and the name of the part. It is the name in
/// `#[wasm_split(NAME, …)]` of the function that makes these pages.
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

/// Declares the route of a page that a part makes. The framework's own `#[lazy_route]` panics when a part
/// does not load, and leaves a page whose links are dead (leptos#4347, leptos#4785).
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
                    Err(_) => $crate::parts::whole_page().await,
                }
            }
        }
    };
}

pub(crate) use lazy_route;

/// The name of the part that the page at this path is in.
pub(crate) fn part_of(path: &str) -> Option<&'static str> {
    part_in(&PARTS, path)
}

/// Loads the part that the page at this path is in. Without it the page cannot be made alive.
///
/// # Errors
/// Why the part does not load.
pub async fn load_part_of(path: &str) -> Result<(), SplitLoaderError> {
    match part_of(path) {
        Some("studio") => studio::preload().await,
        Some(_) => public::preload().await,
        None => Ok(()),
    }
}

/// Leaves it to the browser to load the page whose part does not load; never completes.
#[cfg(not(feature = "ssr"))]
pub(crate) async fn whole_page() -> AnyView {
    _ = location().reload();
    std::future::pending().await
}

/// The server has every part.
#[cfg(feature = "ssr")]
pub(crate) async fn whole_page() -> AnyView {
    ().into_any()
}

/// Whether a path is at a place or below it.
pub(crate) fn is_at(path: &str, place: &str) -> bool {
    let rest = path.strip_prefix(place);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn part_in(parts: &[(&str, &'static str)], path: &str) -> Option<&'static str> {
    let found = parts.iter().find(|(start, _)| is_at(path, start));
    found.map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::part_in;

    #[test]
    fn a_page_is_in_the_part_of_the_paths_above_it() {
        let parts = [("/studio", "studio"), ("/videos", "public")];
        assert_eq!(part_in(&parts, "/studio"), Some("studio"));
        assert_eq!(part_in(&parts, "/studio/products/new"), Some("studio"));
        assert_eq!(part_in(&parts, "/videos/1"), Some("public"));
        assert_eq!(part_in(&parts, "/studios"), None);
        assert_eq!(part_in(&parts, "/"), None);
    }
}
