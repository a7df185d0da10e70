//! Going from page to page: what the router leaves to be done.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use types::NextPath;
use web_sys::{
    Element, Event, HtmlAnchorElement, MouseEvent,
    wasm_bindgen::{JsCast as _, closure::Closure},
};

use crate::{
    app::{after_log_in, is_for_visitors_only, is_navigable, is_protected},
    parts::is_at,
    state::{AppState, after_render, listen},
    unsaved::Unsaved,
};

mod address;
mod click;
mod focus;
pub(crate) mod history;
mod prefetch;

use click::{Click, Link};
pub(crate) use {
    address::{Address, url_of},
    focus::focus_page,
};

type Navigate = Box<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// Where the page is; a context of all components.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Navigation {
    pub(crate) app: AppState,
    /// What the document is called.
    pub(crate) title: RwSignal<String>,
    /// What is typed into the page and not saved.
    pub(crate) unsaved: Unsaved,
    /// How often the page that is shown was asked for once more.
    renewals: RwSignal<u32>,
    /// The page that was shown before this one.
    before: StoredValue<Option<Address>>,
    address: Memo<Address>,
    /// Whether the router is making a page.
    is_routing: RwSignal<bool>,
    is_busy: RwSignal<bool>,
    /// What is still to be done for the page that is on its way.
    due: StoredValue<Option<Scroll>>,
    navigate: StoredValue<Navigate>,
}

/// How far a page is scrolled once it is there.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scroll {
    /// To its top, or to the place that its address names.
    Top,
    /// To where it was left.
    Back,
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
            title: RwSignal::new(title()),
            unsaved: Unsaved::new(),
            renewals: RwSignal::new(0),
            before: StoredValue::new(None),
            address: Memo::new(move |_| {
                let search = location.search.get();
                let mark = if search.is_empty() { "" } else { "?" };
                Address::of(&[&location.pathname.get(), mark, &search].concat())
            }),
            is_routing,
            is_busy: RwSignal::new(false),
            due: StoredValue::new(None),
            navigate: StoredValue::new(navigate),
        };
        provide_context(navigation);
        moves.0.set_value(Some(navigation));
        after_render(move || navigation.listen());
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
        self.is_busy.get()
    }

    /// The address that is shown now.
    pub(crate) fn address_now(self) -> Address {
        self.address.get_untracked()
    }

    /// Goes to a page of ours, which is written into the history at once. The page that is left stays
    /// until the other one is there.
    pub(crate) fn go(self, to: &str, left: Left) {
        let to = self.destination(to);
        if !is_navigable(Address::of(&to).path()) {
            return left.load(&to);
        }
        if self.is_lost_by_router(&Address::of(&to)) {
            return Left::Replaced.load(&to);
        }
        // A page that never came is none that Back leads to.
        let left = match left {
            Left::Behind if self.due.get_value().is_some() => Left::Replaced,
            left => left,
        };
        self.await_page(Scroll::Top, &to);
        if Address::of(&to) == self.address_now() {
            self.renewals.update(|count| *count += 1);
        }
        self.route(&to, left);
    }

    /// Leads to where a form leads that was accepted. A page that follows itself takes its own place in
    /// the history.
    pub(crate) fn follow(self, to: &str) {
        // A plain form that came back refused stands below its page.
        let is_itself = is_at(self.address_now().path(), Address::of(to).path());
        let left = if is_itself {
            Left::Replaced
        } else {
            Left::Behind
        };
        self.go(to, left);
    }

    /// Changes whenever the page that is shown is asked for once more.
    pub(crate) fn renewals(self) -> u32 {
        self.renewals.get()
    }

    /// Whether the router would show neither of two pages of one route, because it is still making the
    /// first and that is another than the one whose address there is now (`FlatRoutes::rebuild`).
    fn is_lost_by_router(self, to: &Address) -> bool {
        let coming = self.address_now();
        self.is_routing.get_untracked() && to.path() != coming.path() && to.is_of_route_of(&coming)
    }

    /// Says what is shown from now on.
    pub(crate) fn shows(self, to: &str, left: Left) {
        self.stays();
        self.route(to, left);
    }

    /// Where somebody is led who wants to go there: the page at which people log in is not for somebody
    /// who is signed in, and a page of one's own for nobody else.
    fn destination(self, to: &str) -> String {
        let address = Address::of(to);
        let is_signed_in = self.app.visitor.with_untracked(Option::is_some);
        if is_for_visitors_only(address.path()) && is_signed_in {
            return after_log_in(&address.query().text("next"))
                .as_str()
                .to_owned();
        }
        if is_protected(address.path()) && !is_signed_in {
            let next = NextPath::of_address(address.as_str()).encoded();
            return ["/login?next=", &next].concat();
        }
        to.to_owned()
    }

    /// The address of the page that was shown before this one; none when the document has just come.
    pub(crate) fn before(self) -> Option<Address> {
        self.before.get_value()
    }

    fn await_page(self, scroll: Scroll, to: &str) {
        let shown = self.address_now();
        if shown.path() != Address::of(to).path() {
            self.before.set_value(Some(shown));
        }
        self.is_busy.set(true);
        self.due.set_value(Some(scroll));
    }

    /// What was on its way is there, or is given up.
    pub(crate) fn stays(self) {
        self.is_busy.set(false);
        self.due.set_value(None);
    }

    /// Whether a page is on its way now.
    pub(crate) fn is_busy_now(self) -> bool {
        self.is_busy.get_untracked()
    }

    fn route(self, to: &str, left: Left) {
        // The router would take it for another host.
        if to.starts_with("//") {
            return left.load(to);
        }
        let options = NavigateOptions {
            resolve: false,
            replace: left != Left::Behind,
            scroll: false,
            state: match left {
                Left::Known => history::state(),
                Left::Behind | Left::Replaced => Default::default(),
            },
        };
        self.navigate.with_value(|navigate| navigate(to, options));
        // The router writes no page that is the last one that it knows of, and it does not know of
        // every step back.
        if here() != self.address_now() {
            history::push(to);
        }
    }

    /// The page at this address is there.
    pub(crate) fn arrived(self, address: &Address) {
        if *address != self.address_now() {
            return;
        }
        self.is_busy.set(false);
        let Some(due) = self.due.try_update_value(Option::take).flatten() else {
            return;
        };
        focus_page();
        if due == Scroll::Back {
            return history::scroll_back();
        }
        window().scroll_to_with_x_and_y(0.0, 0.0);
        history::show_place();
    }

    fn listen(self) {
        // The router listens at the window, and reads what is decided here.
        listen_at_document("click", move |event| self.clicked(event));
        prefetch::listen(self);
        listen("scrollend", move |_| self.scrolled());
        listen("pagehide", |_| history::leave_scroll());
        listen("beforeunload", move |event| self.unsaved.warn(event));
    }

    fn moved(self, event: &Event) {
        let address = here();
        let shown = self.address_now();
        if address == shown {
            if self.due.get_value().is_none() {
                self.is_busy.set(false);
            }
            return history::scroll_back();
        }
        if !self.unsaved.may_leave() {
            event.stop_immediate_propagation();
            return history::push(shown.as_str());
        }
        let to = self.destination(address.as_str());
        if to != address.as_str() {
            event.stop_immediate_propagation();
            self.go(&to, Left::Replaced);
        } else if !is_navigable(address.path()) || self.is_lost_by_router(&address) {
            event.stop_immediate_propagation();
            Left::Known.load(&to);
        } else {
            self.await_page(Scroll::Back, &to);
        }
    }

    /// While another page is on its way, the history is at that one already.
    fn scrolled(self) {
        if !self.is_busy_now() && here() == self.address_now() {
            history::remember_scroll();
        }
    }

    /// Every link to a page of ours is followed here, and none by the router: it writes a page into the
    /// history only when that is there, and forgets some. One that is for the browser must not reach it
    /// either, because it takes every link on this origin.
    fn clicked(self, event: &Event) {
        let (Some(click), Some(link)) = (event.dyn_ref().map(click_of), link_of(event)) else {
            return;
        };
        self.scrolled();
        let origin = location().origin().unwrap_or_default();
        let here = self.address_now();
        if let Some(page) = click::page_behind(click, &link, &origin, &here) {
            event.prevent_default();
            if self.unsaved.may_leave() {
                self.go(page, Left::Behind);
            }
        } else if self.is_busy_now() && click::leads_to(click, &link, &origin, &here) {
            event.prevent_default();
            // It was clicked twice, or the page that is shown is wanted after all.
            if self.due.get_value().is_none() {
                self.stays();
            }
        } else {
            event.stop_propagation();
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

/// What the document is called when the program begins.
#[cfg(feature = "ssr")]
fn title() -> String {
    String::new()
}

#[cfg(not(feature = "ssr"))]
fn title() -> String {
    document().title()
}

/// Runs when something has happened in the document, before anything that listens at the window.
fn listen_at_document(event: &str, run: impl Fn(&Event) + 'static) {
    let run = Closure::<dyn Fn(Event)>::new(move |event: Event| run(&event));
    let target = run.as_ref().unchecked_ref();
    _ = document().add_event_listener_with_callback(event, target);
    run.forget();
}

fn click_of(event: &MouseEvent) -> Click {
    Click {
        is_prevented: event.default_prevented(),
        button: event.button(),
        has_modifier: event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key(),
    }
}

/// The link that an event happened in.
fn link_of(event: &Event) -> Option<Link> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let anchor: HtmlAnchorElement = element.closest("a").ok()??.dyn_into().ok()?;
    Some(Link {
        href: anchor.href(),
        target: anchor.target(),
        rel: anchor.rel(),
        is_download: anchor.has_attribute("download"),
    })
}

#[cfg(feature = "ssr")]
pub(crate) fn here() -> Address {
    Address::of_request()
}

#[cfg(not(feature = "ssr"))]
pub(crate) fn here() -> Address {
    let location = location();
    let parts = [location.pathname(), location.search()];
    Address::of(&parts.map(Result::unwrap_or_default).concat())
}
