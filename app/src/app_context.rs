//! The context that every page has, on the server and in the browser.

use leptos::prelude::*;
use types::{CurrentUser, PasswordPolicy, SignupMode};
use web_sys::Event;
#[cfg(not(feature = "ssr"))]
use web_sys::{
    Document,
    js_sys::{self, Array},
    wasm_bindgen::JsCast as _,
};

use crate::page::{PageState, RefusedForm};

/// The attribute of `<body>` with the serialized state.
#[cfg(not(feature = "ssr"))]
const STATE: &str = "data-state";

/// Serializes the state as JSON for an attribute of `<body>`. Leptos' own way, a script, would need a
/// second deserializer, and an attribute is complete before any script runs.
#[cfg(feature = "ssr")]
pub(crate) fn encoded(state: &PageState) -> Option<String> {
    serde_json::to_string(state).ok()
}

#[cfg(feature = "ssr")]
fn page_state() -> PageState {
    use_context().unwrap_or_default()
}

/// Reads the state and removes the attribute: it contains the current user, which must leave the
/// document when the session ends (ASVS 14.3.1).
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

/// Removes the scripts in which Leptos sends the models of a page; they have run before hydration. A
/// model may contain a draft, which must also leave the document when the session ends.
#[cfg(not(feature = "ssr"))]
fn remove_models(document: &Document) {
    while let Ok(Some(script)) = document.query_selector("body > script") {
        script.remove();
    }
}

/// Clears the global variable that these scripts have filled. Only hydration uses it.
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

/// The state in the document; `None` if there is none, as on an error page.
#[cfg(not(feature = "ssr"))]
fn decoded(document: &Document) -> Option<PageState> {
    let state = document.body()?.get_attribute(STATE)?;
    serde_json::from_slice(state.as_bytes()).ok()
}

/// Runs after the next render, and again when a signal that it reads changes. One function for all
/// callers, because each closure type would compile another effect into the WebAssembly.
pub(crate) fn after_render(run: impl Fn() + 'static) {
    let run: Box<dyn Fn()> = Box::new(run);
    Effect::new(move |_| run());
}

/// Registers a listener on the window; one function for all callers, for the same reason.
pub(crate) fn listen(event: &str, run: impl Fn(&Event) + 'static) {
    let run: Box<dyn Fn(&Event)> = Box::new(run);
    window_event_listener_untyped(event, move |event| run(&event));
}

/// The context that every page has; cheap to copy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AppContext {
    /// The signed-in user.
    pub(crate) current_user: RwSignal<Option<CurrentUser>>,
    /// The configured public origin. The `Host` of a request never gets into a page.
    pub(crate) origin: StoredValue<String>,
    /// The rules for passwords.
    pub(crate) password: PasswordPolicy,
    /// Whether sign-up is open.
    pub(crate) signup: SignupMode,
    /// True if the session has ended while a form is being filled in. The page then stays instead of
    /// redirecting to the log-in page, so that no input is lost.
    pub(crate) is_session_ended: RwSignal<bool>,
    /// True once the first page is hydrated; every later page comes from client-side navigation.
    pub(crate) is_alive: StoredValue<bool>,
    refusal: StoredValue<Option<RefusedForm>>,
    /// The id of the account whose session has ended while a form is being filled in.
    owner: StoredValue<Option<String>>,
}

impl AppContext {
    /// Creates the context from the server's state. The browser reads it from the document, so that
    /// hydration matches the HTML.
    pub(crate) fn provide() -> Self {
        let page = page_state();
        let is_held = page.is_held();
        let state = Self {
            current_user: RwSignal::new(page.current_user),
            origin: StoredValue::new(page.origin),
            password: page.password,
            signup: page.signup,
            is_session_ended: RwSignal::new(is_held),
            is_alive: StoredValue::new(false),
            refusal: StoredValue::new(page.refused_form),
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

    /// The context, for use within a component.
    pub(crate) fn current() -> Self {
        expect_context()
    }

    /// True if the page may stay when the current user changes to `current_user`. A page of one account
    /// is never shown to another.
    pub(crate) fn can_be_of(self, current_user: Option<&CurrentUser>) -> bool {
        match self.account().zip(current_user) {
            Some((known, current_user)) => known == current_user.account.id,
            None => true,
        }
    }

    /// Keeps the page after its session has ended, and removes the name and address of the account from
    /// it.
    pub(crate) fn keep_page_after_session_end(self) {
        self.owner.set_value(self.account());
        self.is_session_ended.set(true);
        if self.current_user.with_untracked(Option::is_some) {
            self.current_user.set(None);
        }
    }

    /// The id of the account that the page belongs to.
    fn account(self) -> Option<String> {
        let known =
            |current_user: &Option<CurrentUser>| Some(current_user.as_ref()?.account.id.clone());
        let known = self.current_user.with_untracked(known);
        known.or_else(|| {
            self.is_session_ended
                .get_untracked()
                .then(|| self.owner.get_value())?
        })
    }

    /// The refused plain form; `None` unless the page is the response to it.
    pub(crate) fn refused_form(self) -> Option<RefusedForm> {
        if self.is_alive.get_value() {
            return None;
        }
        self.refusal.get_value()
    }

    /// True if a user is signed in. Unlike `current_user` it does not notify when only the names
    /// change.
    pub(crate) fn is_signed_in(self) -> Memo<bool> {
        Memo::new(move |_| self.current_user.with(Option::is_some))
    }

    /// A text that `read` derives from the current user; empty if nobody is signed in.
    pub(crate) fn current_user_text(self, read: fn(&CurrentUser) -> String) -> Signal<String> {
        Signal::derive(move || {
            self.current_user
                .with(|current_user| current_user.as_ref().map(read).unwrap_or_default())
        })
    }
}

/// The value of an attribute that is `"true"`, or `None` to omit it. One signal type for all callers
/// keeps the WebAssembly small.
pub(crate) fn flag(
    is_set: impl Fn() -> bool + Send + Sync + 'static,
) -> Signal<Option<&'static str>> {
    Signal::derive(move || is_set().then_some("true"))
}

/// `text` while the signal is true, otherwise `None`.
pub(crate) fn flag_text(is_so: RwSignal<bool>, text: &'static str) -> Signal<Option<&'static str>> {
    Signal::derive(move || is_so.get().then_some(text))
}
