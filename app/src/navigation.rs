//! Client-side navigation: what `leptos_router` leaves to the application.
//!
//! The router renders pages. This module decides which clicks and history moves reach it, shows the
//! busy state, asks before unsaved input is lost, restores the scroll position, moves the focus and
//! sets the title.

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
    app_context::{AppContext, after_render, listen},
    chunks::is_at,
    unsaved_changes::UnsavedChanges,
};

mod address;
mod click;
mod focus;
pub(crate) mod history;
mod prefetch;

use click::{Click, ClickedLink};
pub(crate) use {
    address::{Address, url_of},
    focus::focus_page,
};

type Navigate = Box<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// The state of client-side navigation; a Leptos context of all components.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Navigation {
    pub(crate) app: AppContext,
    /// The title of the document.
    pub(crate) title: RwSignal<String>,
    /// Input on the page that is not saved.
    pub(crate) unsaved: UnsavedChanges,
    /// How often the current page was requested again.
    renewals: RwSignal<u32>,
    /// The address of the previous page in this document.
    previous: StoredValue<Option<Address>>,
    address: Memo<Address>,
    /// Whether the router is rendering another page.
    is_routing: RwSignal<bool>,
    is_busy: RwSignal<bool>,
    /// The scroll action after the pending page is shown; `None` if none is pending.
    pending_scroll: StoredValue<Option<Scroll>>,
    navigate: StoredValue<Navigate>,
}

/// How to scroll once a page is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scroll {
    /// To the top, or to the element that the fragment names.
    Top,
    /// To the saved position of the history entry.
    Back,
}

/// The listener for Back, Forward and links within a page.
///
/// The router would follow `popstate` at once, also when unsaved input would be lost. A window calls
/// its listeners in the order of their registration, so this one is registered before the router.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PopstateListener(StoredValue<Option<Navigation>>);

impl PopstateListener {
    /// Registers the listener.
    pub(crate) fn listen() -> Self {
        let navigation: StoredValue<Option<Navigation>> = StoredValue::new(None);
        listen("popstate", move |event| {
            if let Some(navigation) = navigation.get_value() {
                navigation.on_popstate(event);
            }
        });
        Self(navigation)
    }
}

/// What happens to the history when the current page is left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum HistoryAction {
    /// A new entry is pushed: Back leads to the current page.
    Push,
    /// The current entry is replaced.
    Replace,
    /// Nothing: the browser has moved to another entry already.
    Browser,
}

impl Navigation {
    /// Creates the context and registers the listeners in the document.
    pub(crate) fn provide(
        app: AppContext,
        is_routing: RwSignal<bool>,
        moves: PopstateListener,
    ) -> Self {
        let location = use_location();
        let navigate: Navigate = Box::new(use_navigate());
        let navigation = Self {
            app,
            title: RwSignal::new(title()),
            unsaved: UnsavedChanges::new(),
            renewals: RwSignal::new(0),
            previous: StoredValue::new(None),
            address: Memo::new(move |_| {
                let search = location.search.get();
                let mark = if search.is_empty() { "" } else { "?" };
                Address::of(&[&location.pathname.get(), mark, &search].concat())
            }),
            is_routing,
            is_busy: RwSignal::new(false),
            pending_scroll: StoredValue::new(None),
            navigate: StoredValue::new(navigate),
        };
        provide_context(navigation);
        moves.0.set_value(Some(navigation));
        after_render(move || navigation.listen());
        navigation
    }

    /// The context, for use within a component.
    pub(crate) fn current() -> Self {
        expect_context()
    }

    /// The current address, tracked by the calling view or effect.
    pub(crate) fn address(self) -> Address {
        self.address.get()
    }

    /// Whether another page is pending, tracked.
    pub(crate) fn is_busy(self) -> bool {
        self.is_busy.get()
    }

    /// The current address, untracked.
    pub(crate) fn address_now(self) -> Address {
        self.address.get_untracked()
    }

    /// Navigates to a path of this site. The URL changes at once; the current page stays until the next
    /// one is ready.
    pub(crate) fn go(self, to: &str, left: HistoryAction) {
        let to = self.destination(to);
        if !is_navigable(Address::of(&to).path()) {
            return left.load(&to);
        }
        if self.is_lost_by_router(&Address::of(&to)) {
            return HistoryAction::Replace.load(&to);
        }
        // A page that never became visible must not stay in the history.
        let left = match left {
            HistoryAction::Push if self.pending_scroll.get_value().is_some() => {
                HistoryAction::Replace
            }
            left => left,
        };
        self.expect_page(Scroll::Top, &to);
        if Address::of(&to) == self.address_now() {
            self.renewals.update(|count| *count += 1);
        }
        self.route(&to, left);
    }

    /// Navigates to the page that an accepted form leads to. If that is the current page, its history
    /// entry is replaced.
    pub(crate) fn follow(self, to: &str) {
        // A refused plain form is shown at a path below its page.
        let is_itself = is_at(self.address_now().path(), Address::of(to).path());
        let left = if is_itself {
            HistoryAction::Replace
        } else {
            HistoryAction::Push
        };
        self.go(to, left);
    }

    /// Changes whenever the current page is requested again; tracked.
    pub(crate) fn renewals(self) -> u32 {
        self.renewals.get()
    }

    /// Whether the router would ignore a navigation between two pages of one route, because it is still
    /// rendering a third (`FlatRoutes::rebuild`).
    fn is_lost_by_router(self, to: &Address) -> bool {
        let coming = self.address_now();
        self.is_routing.get_untracked() && to.path() != coming.path() && to.is_of_route_of(&coming)
    }

    /// Changes the URL of the page that stays shown, such as after a search while typing.
    pub(crate) fn replace_with(self, to: &str, left: HistoryAction) {
        self.cancel();
        self.route(to, left);
    }

    /// The path that a navigation to `to` ends at: a signed-in user is redirected away from the log-in
    /// page, and everybody else from a protected page to the log-in page.
    fn destination(self, to: &str) -> String {
        let address = Address::of(to);
        let is_signed_in = self.app.current_user.with_untracked(Option::is_some);
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

    /// The address of the page that was shown before; `None` right after the document was loaded.
    pub(crate) fn before(self) -> Option<Address> {
        self.previous.get_value()
    }

    fn expect_page(self, scroll: Scroll, to: &str) {
        let shown = self.address_now();
        if shown.path() != Address::of(to).path() {
            self.previous.set_value(Some(shown));
        }
        self.is_busy.set(true);
        self.pending_scroll.set_value(Some(scroll));
    }

    /// Ends the pending navigation, which has succeeded or was given up.
    pub(crate) fn cancel(self) {
        self.is_busy.set(false);
        self.pending_scroll.set_value(None);
    }

    /// Whether another page is pending, untracked.
    pub(crate) fn is_busy_now(self) -> bool {
        self.is_busy.get_untracked()
    }

    fn route(self, to: &str, left: HistoryAction) {
        // The router would take such a path for another host.
        if to.starts_with("//") {
            return left.load(to);
        }
        let options = NavigateOptions {
            resolve: false,
            replace: left != HistoryAction::Push,
            scroll: false,
            state: match left {
                HistoryAction::Browser => history::state(),
                HistoryAction::Push | HistoryAction::Replace => Default::default(),
            },
        };
        self.navigate.with_value(|navigate| navigate(to, options));
        // The router skips the history entry when the target equals the last path that it knows, and it
        // does not know every step back.
        if here() != self.address_now() {
            history::push(to);
        }
    }

    /// The page at this address is shown: moves the focus and scrolls.
    pub(crate) fn finish(self, address: &Address) {
        if *address != self.address_now() {
            return;
        }
        self.is_busy.set(false);
        let Some(due) = self.pending_scroll.try_update_value(Option::take).flatten() else {
            return;
        };
        focus_page();
        if due == Scroll::Back {
            return history::restore_scroll();
        }
        window().scroll_to_with_x_and_y(0.0, 0.0);
        history::scroll_to_fragment();
    }

    fn listen(self) {
        // The router listens on the window, so the document's listeners run before it.
        listen_at_document("click", move |event| self.on_click(event));
        prefetch::listen(self);
        listen("scrollend", move |_| self.on_scrollend());
        listen("pagehide", |_| history::restore_automatically());
        listen("beforeunload", move |event| self.unsaved.warn(event));
    }

    fn on_popstate(self, event: &Event) {
        let address = here();
        let shown = self.address_now();
        if address == shown {
            if self.pending_scroll.get_value().is_none() {
                self.is_busy.set(false);
            }
            return history::restore_scroll();
        }
        if !self.unsaved.confirm_and_clear() {
            event.stop_immediate_propagation();
            return history::push(shown.as_str());
        }
        let to = self.destination(address.as_str());
        if to != address.as_str() {
            event.stop_immediate_propagation();
            self.go(&to, HistoryAction::Replace);
        } else if !is_navigable(address.path()) || self.is_lost_by_router(&address) {
            event.stop_immediate_propagation();
            HistoryAction::Browser.load(&to);
        } else {
            self.expect_page(Scroll::Back, &to);
        }
    }

    /// Saves the scroll position, unless a page is pending: then the history entry is already that of
    /// the pending page.
    fn on_scrollend(self) {
        if !self.is_busy_now() && here() == self.address_now() {
            history::save_scroll();
        }
    }

    /// Handles every click on a link. Links to pages of this site are followed here and not by the
    /// router, which pushes the history entry only when the page is ready, and loses some entries. A
    /// click that the browser must handle is hidden from the router, because it follows every link of
    /// this origin.
    fn on_click(self, event: &Event) {
        let (Some(click), Some(link)) = (event.dyn_ref().map(click_of), link_of(event)) else {
            return;
        };
        self.on_scrollend();
        let origin = location().origin().unwrap_or_default();
        let here = self.address_now();
        if let Some(page) = click::target_page(click, &link, &origin, &here) {
            event.prevent_default();
            if self.unsaved.confirm_and_clear() {
                self.go(page, HistoryAction::Push);
            }
        } else if self.is_busy_now() && click::leads_to(click, &link, &origin, &here) {
            event.prevent_default();
            // A double click, or a click that cancels the navigation by returning to the current page.
            if self.pending_scroll.get_value().is_none() {
                self.cancel();
            }
        } else {
            event.stop_propagation();
        }
    }
}

impl HistoryAction {
    /// Lets the browser load the page.
    pub(crate) fn load(self, address: &str) {
        let url = url_of(address);
        _ = match self {
            Self::Push => location().assign(&url),
            Self::Replace => location().replace(&url),
            Self::Browser => location().reload(),
        };
    }
}

/// The title of the document at hydration.
#[cfg(feature = "ssr")]
fn title() -> String {
    String::new()
}

#[cfg(not(feature = "ssr"))]
fn title() -> String {
    document().title()
}

/// Registers a listener on the document. It runs before every listener on the window.
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

/// The link that contains the target of an event.
fn link_of(event: &Event) -> Option<ClickedLink> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let anchor: HtmlAnchorElement = element.closest("a").ok()??.dyn_into().ok()?;
    Some(ClickedLink {
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
