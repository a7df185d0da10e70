//! Keeps the current user of an open page up to date with other tabs and expired sessions.

use leptos::{prelude::*, task::spawn_local};
use types::{CurrentUser, Problem};
use web_sys::{PageTransitionEvent, VisibilityState, wasm_bindgen::JsCast};

use crate::{
    api::sessions::read_current_user,
    app_context::{AppContext, after_render, listen},
    navigation::Navigation,
    server_fn_problem::ServerFnProblem,
    unsaved_changes::is_typed_into,
};

/// Refreshes the current user when the page becomes visible again, and when the browser shows it from
/// the back/forward cache.
pub(crate) fn watch(app: AppContext, navigation: Navigation) {
    refresh_on_navigation(app, navigation);
    after_render(move || {
        listen("visibilitychange", move |_| {
            if document().visibility_state() == VisibilityState::Visible {
                spawn_refresh(app, navigation);
            }
        });
        listen("pageshow", move |event| {
            if event.unchecked_ref::<PageTransitionEvent>().persisted() {
                spawn_refresh(app, navigation);
            }
        });
    });
}

/// Refreshes the current user on client-side navigation, too: the models of pages do not contain it.
/// Without a current user nothing is asked, because navigation never signs in.
fn refresh_on_navigation(app: AppContext, navigation: Navigation) {
    Effect::new(move |before: Option<String>| {
        let path = navigation.address().path().to_owned();
        let is_new = before.is_some_and(|before| before != path);
        if is_new && app.current_user.with_untracked(Option::is_some) {
            spawn_refresh(app, navigation);
        }
        path
    });
}

/// Refreshes the current user in the background.
pub(crate) fn spawn_refresh(app: AppContext, navigation: Navigation) {
    spawn_local(refresh(app, navigation));
}

/// Asks the server for the current user and applies the answer.
pub(crate) async fn refresh(app: AppContext, navigation: Navigation) {
    let known = app.current_user.get_untracked();
    match read_current_user().await {
        // The user has logged in or changed a name in the meantime; that is newer than the answer.
        Ok(_) if app.current_user.get_untracked() != known => {}
        Ok(current_user) => apply(app, navigation, current_user),
        Err(ServerFnProblem(Problem::StalePage)) if !is_anything_typed(navigation) => reload(),
        // Without an answer the page stays as it is: an unreachable server must not log the user out.
        Err(_) => {}
    }
}

fn apply(app: AppContext, navigation: Navigation, current_user: Option<CurrentUser>) {
    let known = app.current_user.get_untracked();
    if known == current_user {
        return;
    }
    if !app.can_be_of(current_user.as_ref()) {
        return reload();
    }
    let is_kept = app.is_session_ended.get_untracked() || navigation.unsaved.exist();
    if current_user.is_none() && is_kept {
        return app.keep_page_after_session_end();
    }
    app.is_session_ended.set(false);
    app.current_user.set(current_user);
}

fn is_anything_typed(navigation: Navigation) -> bool {
    navigation.unsaved.exist() || document().body().is_some_and(|body| is_typed_into(&body))
}

/// A reload that the user refuses leaves the page as it is; the next call detects the problem again.
fn reload() {
    _ = location().reload();
}
