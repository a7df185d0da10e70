//! Keeps the current user of an open page up to date with other tabs and expired sessions.

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

/// Refreshes the current user when the page becomes visible again, and when the browser shows it from
/// the back/forward cache.
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

/// Refreshes the current user on client-side navigation, too: the models of pages do not contain it.
/// Without a current user nothing is asked, because navigation never signs in.
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

/// Refreshes the current user in the background.
pub(crate) fn ask(app: AppState, navigation: Navigation) {
    spawn_local(renew(app, navigation));
}

/// Asks the server for the current user and applies the answer.
pub(crate) async fn renew(app: AppState, navigation: Navigation) {
    let known = app.visitor.get_untracked();
    match current_visitor().await {
        // The user has logged in or changed a name in the meantime; that is newer than the answer.
        Ok(_) if app.visitor.get_untracked() != known => {}
        Ok(visitor) => take(app, navigation, visitor),
        Err(Failure(Problem::StalePage)) if !is_anything_typed(navigation) => reload(),
        // Without an answer the page stays as it is: an unreachable server must not log the user out.
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

/// A reload that the user refuses leaves the page as it is; the next call detects the problem again.
fn reload() {
    _ = location().reload();
}
