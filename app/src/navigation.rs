//! Going from page to page without loading one anew.
//!
//! This is all of a router that the pages need in the browser. One for trees of routes with data to
//! wait for weighs as much there as all pages together.

use leptos::{ev, prelude::*};
use web_sys::{
    Element, Event, HtmlAnchorElement, wasm_bindgen::JsCast as _, wasm_bindgen::JsValue,
};

use crate::{app::title_of, state::after_render};

mod address;
mod click;

pub(crate) use address::Address;
use click::{Click, Link};

/// Where the page is; a context of all components.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Navigation {
    shown: RwSignal<Address>,
}

/// What the page that is left becomes in the history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Left {
    /// What Back leads to.
    Behind,
    /// Forgotten.
    Replaced,
}

impl Navigation {
    /// Starts where the page is, and follows the person from there.
    pub(crate) fn provide() -> Self {
        let navigation = Self {
            shown: RwSignal::new(here()),
        };
        provide_context(navigation);
        after_render(move || {
            window_event_listener_untyped("click", move |event| navigation.clicked(&event));
            // Back, Forward and links within a page; the browser has changed its address already.
            window_event_listener_untyped("popstate", move |_| navigation.show(here()));
        });
        navigation
    }

    /// The navigation, from within a component.
    pub(crate) fn current() -> Self {
        expect_context()
    }

    /// The address that is shown. Whoever reads it in a view or an effect follows it.
    pub(crate) fn address(self) -> Address {
        self.shown.get()
    }

    /// The address that is shown now.
    pub(crate) fn address_now(self) -> Address {
        self.shown.get_untracked()
    }

    /// Goes to a page of ours.
    pub(crate) fn go(self, to: &str, left: Left) {
        let Ok(history) = window().history() else {
            return;
        };
        let written = match left {
            Left::Behind => history.push_state_with_url(&JsValue::NULL, "", Some(to)),
            Left::Replaced => history.replace_state_with_url(&JsValue::NULL, "", Some(to)),
        };
        // A browser refuses more than a hundred in half a minute. A page can always be loaded.
        if written.is_err() {
            _ = location().assign(to);
            return;
        }
        window().scroll_to_with_x_and_y(0.0, 0.0);
        self.show(Address::of(to));
    }

    /// Shows another page. When two follow each other quickly, the last one is shown, and the
    /// address of the browser is its own.
    fn show(self, address: Address) {
        if self.shown.with_untracked(|shown| *shown == address) {
            return;
        }
        document().set_title(&title_of(address.path()));
        self.shown.set(address);
    }

    fn clicked(self, event: &Event) {
        let Some((click, link)) = event.dyn_ref().and_then(read) else {
            return;
        };
        let origin = location().origin().unwrap_or_default();
        if let Some(page) = click::page_behind(click, &link, &origin, &self.address_now()) {
            event.prevent_default();
            self.go(page, Left::Behind);
        }
    }
}

fn read(event: &ev::MouseEvent) -> Option<(Click, Link)> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let anchor: HtmlAnchorElement = element.closest("a").ok()??.dyn_into().ok()?;
    let click = Click {
        is_prevented: event.default_prevented(),
        button: event.button(),
        has_modifier: event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key(),
    };
    let link = Link {
        href: anchor.href(),
        target: anchor.target(),
        rel: anchor.rel(),
        is_download: anchor.has_attribute("download"),
    };
    Some((click, link))
}

#[cfg(feature = "ssr")]
fn here() -> Address {
    Address::of_request()
}

#[cfg(not(feature = "ssr"))]
fn here() -> Address {
    let location = location();
    let parts = [location.pathname(), location.search()];
    Address::of(&parts.map(Result::unwrap_or_default).concat())
}
