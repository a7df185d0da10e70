//! Where the focus goes on a page that has come without a reload.

use leptos::prelude::document;
use web_sys::{Element, FocusOptions, HtmlElement, wasm_bindgen::JsCast as _};

/// The first of these that is there. The router moves no focus: it would stay on a link that is gone,
/// and nothing would tell a screen reader of the new page.
const FIRST: [&str; 4] = ["[autofocus]", "[aria-invalid=true]", "[role=alert]", "h1"];

/// Moves the focus to where the page begins, and leaves it scrolled as it is. It stays in a field of the
/// page, where somebody types.
pub(crate) fn focus_page() {
    let focused = document().active_element();
    if focused.is_some_and(|focused| {
        focused
            .matches("#main input, #main textarea")
            .unwrap_or(false)
    }) {
        return;
    }
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    focus_first(&options);
}

/// Moves the focus to the first thing that there is to be read or mended, and shows it.
pub(crate) fn focus_first(options: &FocusOptions) {
    let Some(main) = document().get_element_by_id("main") else {
        return;
    };
    let mut selectors = FIRST.into_iter();
    if let Some(found) = selectors.find_map(|first| find(&main, first)) {
        _ = found
            .unchecked_ref::<HtmlElement>()
            .focus_with_options(options);
    }
}

fn find(main: &Element, selector: &str) -> Option<Element> {
    main.query_selector(selector).ok()?
}
