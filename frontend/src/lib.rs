//! Starts the application in the browser.

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// The attribute of `<html>` that says whose document it is; `start.js` has set it before anything was
/// waited for.
const ADDRESS: &str = "data-address";

/// Makes the page alive; runs as soon as the program is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    spawn_local(hydrate());
}

/// Makes the page alive once its part is there. Without the part it stays as it came: its links and
/// forms work, because nothing has taken them over.
async fn hydrate() {
    let path = location().pathname().unwrap_or_default();
    if app::parts::load_part_of(&path).await.is_err() {
        return;
    }
    let Some(html) = document().document_element() else {
        return;
    };
    let served = html.get_attribute(ADDRESS);
    if served.is_some_and(|served| served != address()) {
        // Somebody went back or forward meanwhile, to a page of the same document.
        _ = location().reload();
        return;
    }
    leptos::mount::hydrate_body(app::App);
    // It may name a draft, and leaves the document before the session does.
    _ = html.remove_attribute(ADDRESS);
    // The style shows what only works with this program, and tests wait for it.
    _ = html.set_attribute("data-alive", "");
}

fn address() -> String {
    let location = location();
    let parts = [location.pathname(), location.search()];
    parts.map(Result::unwrap_or_default).concat()
}
