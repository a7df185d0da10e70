//! The focus after client-side navigation.

use leptos::prelude::document;
use web_sys::{Element, FocusOptions, HtmlElement, wasm_bindgen::JsCast as _};

/// The first match takes the focus. `leptos_router` moves no focus: it would stay on the removed
/// link, and screen readers would not announce the new page.
const FIRST: [&str; 4] = ["[autofocus]", "[aria-invalid=true]", "[role=alert]", "h1"];

/// Moves the focus to the beginning of the page without scrolling. A focused field keeps the focus,
/// because somebody may be typing in it.
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

/// Moves the focus to the first element that is to be corrected or read, and scrolls to it unless
/// `options` prevents that.
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
