//! Keeps a page true while other tabs, and time, change who is signed in.

use leptos::{prelude::*, task::spawn_local};
use types::{Problem, Visitor};
use web_sys::{
    HtmlInputElement, PageTransitionEvent, VisibilityState,
    wasm_bindgen::{JsCast, JsValue},
};

use crate::{
    api::sessions::current_visitor,
    failure::Failure,
    state::{AppState, after_render},
};

/// Asks who is signed in whenever the page is shown again: from another tab, or from the
/// browser's memory of pages left behind.
pub(crate) fn watch(app: AppState) {
    after_render(move || {
        window_event_listener_untyped("visibilitychange", move |_| {
            if document().visibility_state() == VisibilityState::Visible {
                ask(app);
            }
        });
        window_event_listener_untyped("pageshow", move |event| {
            if JsValue::from(event)
                .unchecked_into::<PageTransitionEvent>()
                .persisted()
            {
                ask(app);
            }
        });
    });
}

fn ask(app: AppState) {
    spawn_local(async move {
        match current_visitor().await {
            Ok(visitor) => take(app, visitor),
            Err(Failure(Problem::StalePage)) if !is_anything_typed() => reload(),
            // The page stays as it is: what cannot be known must not log anybody out.
            Err(_) => {}
        }
    });
}

fn take(app: AppState, visitor: Option<Visitor>) {
    let known = app.visitor.get_untracked();
    if known == visitor {
        return;
    }
    match (&known, &visitor) {
        // Nothing of one account may stay on a page that now belongs to another.
        (Some(known), Some(visitor)) if known.account.id != visitor.account.id => return reload(),
        (Some(_), None) if app.is_held.get_untracked() => return,
        _ => {}
    }
    app.is_held.set(false);
    app.visitor.set(visitor);
}

fn is_anything_typed() -> bool {
    let Ok(inputs) = document().query_selector_all("input") else {
        return false;
    };
    (0..inputs.length())
        .filter_map(|index| inputs.get(index)?.dyn_into::<HtmlInputElement>().ok())
        .any(|input| input.value() != input.default_value())
}

/// A refused reload leaves the page as it is, and the next call of the server says so again.
fn reload() {
    _ = location().reload();
}
