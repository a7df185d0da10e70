//! Starts the application in the browser.

use wasm_bindgen::prelude::wasm_bindgen;

/// Makes the page alive; runs as soon as the program is loaded.
#[wasm_bindgen(start)]
pub fn hydrate() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
    // The style shows what only works with this program, and tests wait for it.
    if let Some(html) = leptos::prelude::document().document_element() {
        _ = html.set_attribute("data-alive", "");
    }
}
