//! Entry point of the WebAssembly program: hydrates the page.

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Attribute of `<html>` with the path and query for which the server rendered the document; `start.js`
/// sets it before its first `await`.
const ADDRESS: &str = "data-address";

/// Starts hydration; wasm-bindgen calls this as soon as the program is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    spawn_local(hydrate());
}

/// Loads the WebAssembly chunk of the page, then hydrates. Without the chunk, the page stays as the server
/// rendered it: its links and forms work, because nothing has taken them over.
async fn hydrate() {
    let path = location().pathname().unwrap_or_default();
    if app::chunks::load_chunk_of(&path).await.is_err() {
        return;
    }
    let Some(html) = document().document_element() else {
        return;
    };
    let served = html.get_attribute(ADDRESS);
    if served.is_some_and(|served| served != address()) {
        // The user went back or forward meanwhile, to another page of this document; its HTML does not match.
        _ = location().reload();
        return;
    }
    leptos::mount::hydrate_body(app::App);
    // The URL may contain a draft's id, so it is removed from the document before the session ends.
    _ = html.remove_attribute(ADDRESS);
    // Style sheets show elements that need the program from now on, and tests wait for it.
    _ = html.set_attribute("data-hydrated", "");
}

fn address() -> String {
    let location = location();
    let parts = [location.pathname(), location.search()];
    parts.map(Result::unwrap_or_default).concat()
}
