//! Redirects of an open page whose user has signed in or out.

use leptos::prelude::*;
use types::NextPath;

use crate::{
    app::{is_page, is_protected},
    app_context::{AppContext, after_render},
    navigation::{Address, HistoryAction, Navigation, url_of},
};

/// Leaves a protected page when its session has ended. The server never sends such a page to anyone
/// else; this handles a page that is open when the session ends.
pub(crate) fn leave_when_signed_out(app: AppContext) {
    let navigation = Navigation::current();
    let is_signed_in = app.is_signed_in();
    after_render(move || {
        let here = navigation.address();
        if is_protected(here.path()) && !is_signed_in.get() && !app.is_session_ended.get() {
            let next = NextPath::of_address(here.as_str()).encoded();
            navigation.go(&["/login?next=", &next].concat(), HistoryAction::Replace);
        }
    });
}

/// Leaves a page for visitors once a user is signed in, here or in another tab.
pub(crate) fn leave_when_signed_in(app: AppContext, next: NextPath) {
    let navigation = Navigation::current();
    let is_signed_in = app.is_signed_in();
    after_render(move || {
        if !is_signed_in.get() {
            return;
        }
        // Replace the entry, so that Back does not lead to this page.
        if is_page(Address::of(next.as_str()).path()) {
            navigation.go(next.as_str(), HistoryAction::Replace);
        } else {
            _ = location().replace(&url_of(next.as_str()));
        }
    });
}
