//! What every page knows, on the server and in the browser alike.

use leptos::prelude::*;
use types::{PasswordPolicy, SignupMode, Visitor};
use web_sys::Event;
#[cfg(not(feature = "ssr"))]
use web_sys::{
    Document,
    js_sys::{self, Array},
    wasm_bindgen::JsCast as _,
};

use crate::page::{PageState, Refusal};

/// The attribute of `<body>` that the state travels in.
#[cfg(not(feature = "ssr"))]
const STATE: &str = "data-state";

/// The state as it travels in an attribute of `<body>`. An attribute, and not a script of
/// Leptos' own, because it is complete before any script runs and needs no second decoder.
#[cfg(feature = "ssr")]
pub(crate) fn encoded(state: &PageState) -> Option<String> {
    serde_json::to_string(state).ok()
}

#[cfg(feature = "ssr")]
fn page_state() -> PageState {
    use_context().unwrap_or_default()
}

/// The state says who is signed in, which must leave the document with the session (ASVS 14.3.1).
/// So it is removed from the document as soon as it was read.
#[cfg(not(feature = "ssr"))]
fn page_state() -> PageState {
    let document = document();
    let state = decoded(&document).unwrap_or_default();
    if let Some(body) = document.body() {
        _ = body.remove_attribute(STATE);
    }
    remove_models(&document);
    state
}

/// Leptos sends the models of a page in scripts, which have run when the program begins. The model may
/// be that of a draft, which must leave the document with the session, too.
#[cfg(not(feature = "ssr"))]
fn remove_models(document: &Document) {
    while let Ok(Some(script)) = document.query_selector("body > script") {
        script.remove();
    }
}

/// The variable in which the scripts have put the models. The page has been made of them long before a
/// session ends.
#[cfg(not(feature = "ssr"))]
fn forget_models() {
    let models = js_sys::Reflect::get(&window(), &"__RESOLVED_RESOURCES".into());
    if let Some(models) = models
        .ok()
        .and_then(|models| models.dyn_into::<Array>().ok())
    {
        models.set_length(0);
    }
}

#[cfg(feature = "ssr")]
fn forget_models() {}

/// The state that came with a document; none when there is none, as on an error page.
#[cfg(not(feature = "ssr"))]
fn decoded(document: &Document) -> Option<PageState> {
    let state = document.body()?.get_attribute(STATE)?;
    serde_json::from_slice(state.as_bytes()).ok()
}

/// Runs after the page was rendered, and again when a signal changes that it reads. One function
/// for all, because each kind of effect would be compiled into the program by itself.
pub(crate) fn after_render(run: impl Fn() + 'static) {
    let run: Box<dyn Fn()> = Box::new(run);
    Effect::new(move |_| run());
}

/// Runs whenever something happens in the window; one function for all, for the same reason.
pub(crate) fn listen(event: &str, run: impl Fn(&Event) + 'static) {
    let run: Box<dyn Fn(&Event)> = Box::new(run);
    window_event_listener_untyped(event, move |event| run(&event));
}

/// What every page knows; a context of all components.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AppState {
    /// Who is signed in.
    pub(crate) visitor: RwSignal<Option<Visitor>>,
    /// What people call this server. What a request says of it gets into no page.
    pub(crate) origin: StoredValue<String>,
    /// What a password must be like.
    pub(crate) password: PasswordPolicy,
    /// Whether people can sign up.
    pub(crate) signup: SignupMode,
    /// Whether the session ended under a form that somebody is filling in. While it is so, the
    /// page stays, and with it what was typed.
    pub(crate) is_held: RwSignal<bool>,
    /// Whether the page has been hydrated, so that what is shown from now on is a navigation.
    pub(crate) is_alive: StoredValue<bool>,
    refusal: StoredValue<Option<Refusal>>,
    /// The id of the account whose session has ended while something is being typed.
    owner: StoredValue<Option<String>>,
}

impl AppState {
    /// The state that the server decided; the browser reads it from the page, so that the first
    /// view there is the very one that came as HTML.
    pub(crate) fn provide() -> Self {
        let page = page_state();
        let is_held = page.is_held();
        let state = Self {
            visitor: RwSignal::new(page.visitor),
            origin: StoredValue::new(page.origin),
            password: page.password,
            signup: page.signup,
            is_held: RwSignal::new(is_held),
            is_alive: StoredValue::new(false),
            refusal: StoredValue::new(page.refusal),
            owner: StoredValue::new(None),
        };
        provide_context(state);
        after_render(move || state.is_alive.set_value(true));
        let is_signed_in = state.is_signed_in();
        Effect::new(move |was_signed_in: Option<bool>| {
            let is_signed_in = is_signed_in.get();
            if was_signed_in == Some(true) && !is_signed_in {
                forget_models();
            }
            is_signed_in
        });
        state
    }

    /// The state, from within a component.
    pub(crate) fn current() -> Self {
        expect_context()
    }

    /// Whether a page that came for this visitor can be shown beside what is shown. Nothing of one
    /// account may stay where another's is.
    pub(crate) fn can_be_of(self, visitor: Option<&Visitor>) -> bool {
        match self.account().zip(visitor) {
            Some((known, visitor)) => known == visitor.account.id,
            None => true,
        }
    }

    /// The session has ended while something is being typed: the page stays, and the name and
    /// address of the account leave the document.
    pub(crate) fn hold(self) {
        self.owner.set_value(self.account());
        self.is_held.set(true);
        if self.visitor.with_untracked(Option::is_some) {
            self.visitor.set(None);
        }
    }

    /// The id of the account that the shown page belongs to.
    fn account(self) -> Option<String> {
        let known = |visitor: &Option<Visitor>| Some(visitor.as_ref()?.account.id.clone());
        let known = self.visitor.with_untracked(known);
        known.or_else(|| {
            self.is_held
                .get_untracked()
                .then(|| self.owner.get_value())?
        })
    }

    /// A refused plain form; only the page that came as its answer shows it.
    pub(crate) fn refusal(self) -> Option<Refusal> {
        if self.is_alive.get_value() {
            return None;
        }
        self.refusal.get_value()
    }

    /// Whether somebody is signed in; does not change when only the names do.
    pub(crate) fn is_signed_in(self) -> Memo<bool> {
        Memo::new(move |_| self.visitor.with(Option::is_some))
    }

    /// Something about who is signed in; empty when nobody is.
    pub(crate) fn of_visitor(self, read: fn(&Visitor) -> String) -> Signal<String> {
        Signal::derive(move || {
            self.visitor
                .with(|visitor| visitor.as_ref().map(read).unwrap_or_default())
        })
    }
}

/// An attribute that is `true` or not there. One type of signal for all of them keeps the
/// program small.
pub(crate) fn flag(
    is_set: impl Fn() -> bool + Send + Sync + 'static,
) -> Signal<Option<&'static str>> {
    Signal::derive(move || is_set().then_some("true"))
}

/// A text that is there while something is so.
pub(crate) fn flag_text(is_so: RwSignal<bool>, text: &'static str) -> Signal<Option<&'static str>> {
    Signal::derive(move || is_so.get().then_some(text))
}
