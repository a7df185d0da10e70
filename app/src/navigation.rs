//! Going from page to page without loading one anew.
//!
//! This is all of a router that the pages need in the browser. One for trees of routes with data to
//! wait for weighs as much there as all pages together. Content comes through `content::carrier`.

use leptos::{ev, prelude::*};
use web_sys::{Element, Event, HtmlAnchorElement, wasm_bindgen::JsCast as _};

use crate::{
    app::{is_live, title_of},
    content::{carrier, form, live_search, unsaved},
    state::{AppState, after_render, listen},
};

mod address;
mod click;
pub(crate) mod history;
mod turn;

use click::{Click, Link};
pub(crate) use {
    address::{Address, url_of},
    turn::Turn,
};

/// Where the page is; a context of all components.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Navigation {
    pub(crate) app: AppState,
    shown: RwSignal<Address>,
    is_busy: RwSignal<bool>,
}

/// What the page that is left becomes in the history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Left {
    /// What Back leads to.
    Behind,
    /// Forgotten.
    Replaced,
    /// What it is already: the browser has moved, back or forward.
    Known,
}

impl Navigation {
    /// Starts where the page is, and follows the person from there.
    pub(crate) fn provide(app: AppState) -> Self {
        let navigation = Self {
            app,
            shown: RwSignal::new(here()),
            is_busy: RwSignal::new(false),
        };
        provide_context(navigation);
        after_render(move || {
            listen("click", move |event| navigation.clicked(event));
            // Back, Forward and links within a page; the browser has changed its address already.
            listen("popstate", move |_| navigation.moved());
            listen("scrollend", move |_| navigation.scrolled());
            listen("pagehide", |_| history::leave_scroll());
            listen("beforeunload", unsaved::warn);
            listen("submit", move |event| form::submitted(navigation, event));
            listen("input", move |event| {
                unsaved::mark(event);
                live_search::typed(navigation, event);
            });
            listen("compositionend", move |event| {
                live_search::typed(navigation, event);
            });
            listen("keydown", form::pressed);
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

    /// Whether another page is on its way.
    pub(crate) fn is_busy(self) -> bool {
        self.is_busy.get()
    }

    /// The address that is shown now.
    pub(crate) fn address_now(self) -> Address {
        self.shown.get_untracked()
    }

    /// Goes to a page of ours. Content is fetched first, and the page that is left stays until then.
    pub(crate) fn go(self, to: &str, left: Left) {
        let address = Address::of(to);
        if !is_live(address.path()) {
            return carrier::go(self, to, left);
        }
        Turn::begin();
        if !left.write(to) {
            return left.load(to);
        }
        if let Some(title) = title_of(address.path()) {
            document().set_title(&title);
        }
        carrier::clear();
        self.shows(address);
        left.scroll();
    }

    /// Says what is shown from now on.
    pub(crate) fn shows(self, address: Address) {
        self.is_busy.set(false);
        self.shown.set(address);
    }

    /// Says that another page is on its way; it counts as long as nothing else begins.
    pub(crate) fn begin(self) -> Turn {
        self.is_busy.set(true);
        Turn::begin()
    }

    /// Whether a page is on its way now.
    pub(crate) fn is_busy_now(self) -> bool {
        self.is_busy.get_untracked()
    }

    fn moved(self) {
        let address = here();
        let shown = self.address_now();
        if address == shown {
            // Whatever was on its way is no longer wanted.
            Turn::begin();
            self.is_busy.set(false);
            history::scroll_back();
        } else if unsaved::may_leave() {
            self.go(address.as_str(), Left::Known);
        } else {
            history::push(shown.as_str());
        }
    }

    /// While another page is on its way, the history is at that one already.
    fn scrolled(self) {
        if !self.is_busy_now() && here() == self.address_now() {
            history::remember_scroll();
        }
    }

    fn clicked(self, event: &Event) {
        let Some((click, link)) = event.dyn_ref().and_then(read) else {
            return;
        };
        self.scrolled();
        let origin = location().origin().unwrap_or_default();
        if let Some(page) = click::page_behind(click, &link, &origin, &self.address_now()) {
            event.prevent_default();
            if unsaved::may_leave() {
                self.go(page, Left::Behind);
            }
        }
    }
}

impl Left {
    /// Writes the page that is shown into the history; false when the browser refuses.
    pub(crate) fn write(self, address: &str) -> bool {
        match self {
            Self::Behind => history::push(address),
            Self::Replaced => history::replace(address),
            Self::Known => true,
        }
    }

    /// Loads the page whole.
    pub(crate) fn load(self, address: &str) {
        let url = url_of(address);
        _ = match self {
            Self::Behind => location().assign(&url),
            Self::Replaced => location().replace(&url),
            Self::Known => location().reload(),
        };
    }

    /// Scrolls to where a page is begun, or was left.
    pub(crate) fn scroll(self) {
        match self {
            Self::Known => history::scroll_back(),
            Self::Behind | Self::Replaced => window().scroll_to_with_x_and_y(0.0, 0.0),
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
