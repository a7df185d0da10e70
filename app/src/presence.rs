//! Keeps a page true while other tabs, and time, change who is signed in.

use leptos::{prelude::*, task::spawn_local};
use types::{Problem, Visitor};
use web_sys::{PageTransitionEvent, VisibilityState, wasm_bindgen::JsCast};

use crate::{
    api::sessions::current_visitor,
    failure::Failure,
    navigation::Navigation,
    state::{AppState, after_render, listen},
    unsaved::is_typed_into,
};

/// Asks who is signed in whenever the page is shown again: from another tab, or from the
/// browser's memory of pages left behind.
pub(crate) fn watch(app: AppState, navigation: Navigation) {
    ask_on_the_way(app, navigation);
    after_render(move || {
        listen("visibilitychange", move |_| {
            if document().visibility_state() == VisibilityState::Visible {
                ask(app, navigation);
            }
        });
        listen("pageshow", move |event| {
            if event.unchecked_ref::<PageTransitionEvent>().persisted() {
                ask(app, navigation);
            }
        });
    });
}

/// Asks on the way to another page, too: what is read for it says nothing of who is signed in. Nobody is
/// signed in by going somewhere.
fn ask_on_the_way(app: AppState, navigation: Navigation) {
    Effect::new(move |before: Option<String>| {
        let path = navigation.address().path().to_owned();
        let is_new = before.is_some_and(|before| before != path);
        if is_new && app.visitor.with_untracked(Option::is_some) {
            ask(app, navigation);
        }
        path
    });
}

/// Asks who is signed in, while other things go on.
pub(crate) fn ask(app: AppState, navigation: Navigation) {
    spawn_local(renew(app, navigation));
}

/// Asks who is signed in, and takes it over.
pub(crate) async fn renew(app: AppState, navigation: Navigation) {
    let known = app.visitor.get_untracked();
    match current_visitor().await {
        // Somebody who has logged in or changed a name meanwhile is known better.
        Ok(_) if app.visitor.get_untracked() != known => {}
        Ok(visitor) => take(app, navigation, visitor),
        Err(Failure(Problem::StalePage)) if !is_anything_typed(navigation) => reload(),
        // The page stays as it is: what cannot be known must not log anybody out.
        Err(_) => {}
    }
}

fn take(app: AppState, navigation: Navigation, visitor: Option<Visitor>) {
    let known = app.visitor.get_untracked();
    if known == visitor {
        return;
    }
    if !app.can_be_of(visitor.as_ref()) {
        return reload();
    }
    let is_kept = app.is_held.get_untracked() || navigation.unsaved.is_there();
    if visitor.is_none() && is_kept {
        return app.hold();
    }
    app.is_held.set(false);
    app.visitor.set(visitor);
}

fn is_anything_typed(navigation: Navigation) -> bool {
    navigation.unsaved.is_there() || document().body().is_some_and(|body| is_typed_into(&body))
}

/// A refused reload leaves the page as it is, and the next call of the server says so again.
fn reload() {
    _ = location().reload();
}
