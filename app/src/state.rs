//! What every page knows, on the server and in the browser alike.

use leptos::prelude::*;
use types::{PasswordPolicy, SignupMode, Visitor};

use crate::page::{PageState, Refusal};

/// What every page knows; a context of all components.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AppState {
    /// Who is signed in.
    pub(crate) visitor: RwSignal<Option<Visitor>>,
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
}

impl AppState {
    /// The state that the server decided; in the browser it is read from the page, so that the
    /// first view there is the very one that came as HTML.
    pub(crate) fn provide() -> Self {
        let page = SharedValue::new(|| use_context::<PageState>().unwrap_or_default()).into_inner();
        let state = Self {
            visitor: RwSignal::new(page.visitor),
            password: page.password,
            signup: page.signup,
            is_held: RwSignal::new(false),
            is_alive: StoredValue::new(false),
            refusal: StoredValue::new(page.refusal),
        };
        provide_context(state);
        Effect::new(move |_| state.is_alive.set_value(true));
        state
    }

    /// The state, from within a component.
    pub(crate) fn current() -> Self {
        expect_context()
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
    pub(crate) fn of_visitor(self, read: fn(&Visitor) -> String) -> Memo<String> {
        Memo::new(move |_| self.visitor.with(|visitor| visitor.as_ref().map(read).unwrap_or_default()))
    }
}
