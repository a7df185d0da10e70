//! Loads the WebAssembly chunk of a page before its link is clicked.

use std::{cell::RefCell, rc::Rc};

use leptos::{prelude::*, task::spawn_local};
use web_sys::{Event, js_sys::Reflect};

use super::{
    Address, Navigation,
    click::{self, Click},
    link_of, listen_at_document,
};
use crate::chunks::{chunk_of, load_chunk_of};

/// Events that precede a click. On a touch screen `pointerover` is dispatched at the first touch.
const EVENTS: [&str; 2] = ["pointerover", "focusin"];

/// Loads each chunk once. If a chunk fails to load, the click tries again and then lets the browser
/// load the page.
pub(super) fn listen(navigation: Navigation) {
    let asked_for = Rc::new(RefCell::new(Vec::new()));
    for event in EVENTS {
        let asked_for = asked_for.clone();
        listen_at_document(event, move |event| {
            let Some(page) = target_page(navigation, event) else {
                return;
            };
            let Some(part) = chunk_of(page.path()) else {
                return;
            };
            if asked_for.borrow().contains(&part) || saves_data() {
                return;
            }
            asked_for.borrow_mut().push(part);
            spawn_local(async move { _ = load_chunk_of(page.path()).await });
        });
    }
}

/// The page that a click on the link of this event would navigate to.
fn target_page(navigation: Navigation, event: &Event) -> Option<Address> {
    let link = link_of(event)?;
    let origin = location().origin().ok()?;
    let here = navigation.address_now();
    let page = click::target_page(Click::PLAIN, &link, &origin, &here)?;
    Some(Address::of(&navigation.destination(page)))
}

/// Whether the browser or the system is set to save data. Not every browser has both settings.
fn saves_data() -> bool {
    let window = window();
    let query = window.match_media("(prefers-reduced-data: reduce)");
    let connection = Reflect::get(&window.navigator(), &"connection".into());
    let setting = connection.and_then(|connection| Reflect::get(&connection, &"saveData".into()));
    query.is_ok_and(|query| query.is_some_and(|query| query.matches()))
        || setting.is_ok_and(|setting| setting.is_truthy())
}
