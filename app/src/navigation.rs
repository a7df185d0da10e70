//! Going from page to page: what the router leaves to be done, and the way to carried content.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use web_sys::{
    Element, Event, HtmlAnchorElement, MouseEvent,
    wasm_bindgen::{JsCast as _, closure::Closure},
};

use crate::{
    app::is_page,
    content::{carrier, form, is_content, live_search, unsaved},
    state::{AppState, after_render, listen},
};

mod address;
mod click;
mod focus;
pub(crate) mod history;
mod turn;

use click::{Click, Link};
pub(crate) use {
    address::{Address, url_of},
    focus::{focus_first, focus_page},
    turn::Turn,
};

type Navigate = Box<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// Where the page is; a context of all components.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Navigation {
    pub(crate) app: AppState,
    /// What the document of the carried content is called; none without content.
    pub(crate) carried_title: RwSignal<Option<String>>,
    address: Memo<Address>,
    is_routing: RwSignal<bool>,
    is_busy: RwSignal<bool>,
    /// Whether the browser has moved in its history, and the page that it has moved to is not there
    /// yet.
    is_returning: StoredValue<bool>,
    navigate: StoredValue<Navigate>,
}

/// Back, Forward and links within a page. The router goes to any page at once, also when something
/// typed would be lost, and a window calls its listeners in the order in which they came: so this one
/// has to come before the router.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HistoryMoves(StoredValue<Option<Navigation>>);

impl HistoryMoves {
    /// Begins to listen.
    pub(crate) fn listen() -> Self {
        let navigation: StoredValue<Option<Navigation>> = StoredValue::new(None);
        listen("popstate", move |event| {
            if let Some(navigation) = navigation.get_value() {
                navigation.moved(event);
            }
        });
        Self(navigation)
    }
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
    pub(crate) fn provide(app: AppState, is_routing: RwSignal<bool>, moves: HistoryMoves) -> Self {
        let location = use_location();
        let navigate: Navigate = Box::new(use_navigate());
        let navigation = Self {
            app,
            carried_title: RwSignal::new(carrier::title()),
            address: Memo::new(move |_| {
                let search = location.search.get();
                let mark = if search.is_empty() { "" } else { "?" };
                Address::of(&[&location.pathname.get(), mark, &search].concat())
            }),
            is_routing,
            is_busy: RwSignal::new(false),
            is_returning: StoredValue::new(false),
            navigate: StoredValue::new(navigate),
        };
        provide_context(navigation);
        moves.0.set_value(Some(navigation));
        after_render(move || navigation.listen());
        navigation.follow();
        navigation
    }

    /// The navigation, from within a component.
    pub(crate) fn current() -> Self {
        expect_context()
    }

    /// The address that is shown. A view or an effect that reads it follows it.
    pub(crate) fn address(self) -> Address {
        self.address.get()
    }

    /// Whether another page is on its way.
    pub(crate) fn is_busy(self) -> bool {
        self.is_busy.get() || self.is_routing.get()
    }

    /// The address that is shown now.
    pub(crate) fn address_now(self) -> Address {
        self.address.get_untracked()
    }

    /// Goes to a page of ours. Content is fetched first, and the page that is left stays until then.
    pub(crate) fn go(self, to: &str, left: Left) {
        if is_content(Address::of(to).path()) {
            return carrier::go(self, to, left);
        }
        Turn::begin();
        self.is_busy.set(false);
        self.route(to, left, true);
    }

    /// Says what is shown from now on.
    pub(crate) fn shows(self, to: &str, left: Left) {
        self.is_busy.set(false);
        self.route(to, left, false);
    }

    /// What was on its way is there, or is given up.
    pub(crate) fn stays(self) {
        self.is_busy.set(false);
    }

    /// Says that another page is on its way; it counts as long as nothing else begins.
    pub(crate) fn begin(self) -> Turn {
        self.is_busy.set(true);
        Turn::begin()
    }

    /// Whether a page is on its way now.
    pub(crate) fn is_busy_now(self) -> bool {
        self.is_busy.get_untracked() || self.is_routing.get_untracked()
    }

    fn route(self, to: &str, left: Left, scroll: bool) {
        let options = NavigateOptions {
            resolve: false,
            replace: left != Left::Behind,
            scroll,
            state: match left {
                Left::Known => history::state(),
                Left::Behind | Left::Replaced => Default::default(),
            },
        };
        self.navigate.with_value(|navigate| navigate(to, options));
    }

    /// The router tells when it has begun and when it has ended; what it leaves to be done is done
    /// then. It says nothing of the first page.
    fn follow(self) {
        Effect::new(move |before: Option<()>| {
            let is_routing = self.is_routing.get();
            if before.is_some() && !is_routing {
                // The address and the view follow at once.
                request_animation_frame(move || self.arrived());
            }
        });
    }

    /// Another page is there.
    pub(crate) fn arrived(self) {
        if is_content(self.address_now().path()) {
            return;
        }
        carrier::clear();
        focus_page();
        if self.is_returning.get_value() {
            self.is_returning.set_value(false);
            return history::scroll_back();
        }
        // The browser marks the place on a page that the address names only when it goes there itself.
        if let Some(place) = location().hash().ok().filter(|place| place.len() > 1) {
            _ = location().replace(&place);
        }
    }

    fn listen(self) {
        // The router listens at the window, and reads what is decided here.
        listen_at_document("click", move |event| self.clicked(event));
        listen("scrollend", move |_| self.scrolled());
        listen("pagehide", |_| history::leave_scroll());
        listen("beforeunload", unsaved::warn);
        listen("submit", move |event| form::submitted(self, event));
        listen("input", move |event| {
            unsaved::mark(event);
            live_search::typed(self, event);
        });
        listen("compositionend", move |event| {
            live_search::typed(self, event);
        });
        listen("keydown", form::pressed);
    }

    fn moved(self, event: &Event) {
        let address = here();
        let shown = self.address_now();
        if address == shown {
            // Whatever was on its way is no longer wanted.
            Turn::begin();
            self.is_busy.set(false);
            history::scroll_back();
        } else if !unsaved::may_leave() {
            event.stop_immediate_propagation();
            history::push(shown.as_str());
        } else if is_content(address.path()) {
            event.stop_immediate_propagation();
            self.go(address.as_str(), Left::Known);
        } else if !is_page(address.path()) {
            event.stop_immediate_propagation();
            Left::Known.load(address.as_str());
        } else {
            Turn::begin();
            self.is_busy.set(false);
            self.is_returning.set_value(true);
        }
    }

    /// While another page is on its way, the history is at that one already.
    fn scrolled(self) {
        if !self.is_busy_now() && here() == self.address_now() {
            history::remember_scroll();
        }
    }

    /// A link that is for the browser must not reach the router, which would take every one on this
    /// origin; one that leads to content is followed here.
    fn clicked(self, event: &Event) {
        let Some((click, link)) = event.dyn_ref().and_then(read) else {
            return;
        };
        self.scrolled();
        let origin = location().origin().unwrap_or_default();
        let Some(page) = click::page_behind(click, &link, &origin, &self.address_now()) else {
            return event.stop_propagation();
        };
        if !unsaved::may_leave() {
            event.prevent_default();
        } else if is_content(Address::of(page).path()) {
            event.prevent_default();
            self.go(page, Left::Behind);
        } else {
            Turn::begin();
            self.is_busy.set(false);
        }
    }
}

impl Left {
    /// Loads the page whole.
    pub(crate) fn load(self, address: &str) {
        let url = url_of(address);
        _ = match self {
            Self::Behind => location().assign(&url),
            Self::Replaced => location().replace(&url),
            Self::Known => location().reload(),
        };
    }
}

/// Runs when something has happened in the document, before anything that listens at the window.
fn listen_at_document(event: &str, run: impl Fn(&Event) + 'static) {
    let run = Closure::<dyn Fn(Event)>::new(move |event: Event| run(&event));
    let target = run.as_ref().unchecked_ref();
    _ = document().add_event_listener_with_callback(event, target);
    run.forget();
}

fn read(event: &MouseEvent) -> Option<(Click, Link)> {
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
pub(crate) fn here() -> Address {
    let location = location();
    let parts = [location.pathname(), location.search()];
    Address::of(&parts.map(Result::unwrap_or_default).concat())
}
