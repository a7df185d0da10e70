//! Redirects of an open page whose user has signed in or out.

use leptos::prelude::*;
use types::NextPath;

use crate::{
    app::{is_page, is_protected},
    navigation::{Address, Left, Navigation, url_of},
    state::{AppState, after_render},
};

/// Leaves a protected page when its session has ended. The server never sends such a page to anyone
/// else; this handles a page that is open when the session ends.
pub(crate) fn leave_when_signed_out(app: AppState) {
    let navigation = Navigation::current();
    let is_signed_in = app.is_signed_in();
    after_render(move || {
        let here = navigation.address();
        if is_protected(here.path()) && !is_signed_in.get() && !app.is_held.get() {
            let next = NextPath::of_address(here.as_str()).encoded();
            navigation.go(&["/login?next=", &next].concat(), Left::Replaced);
        }
    });
}

/// Leaves a page for visitors once a user is signed in, here or in another tab.
pub(crate) fn leave_when_signed_in(app: AppState, next: NextPath) {
    let navigation = Navigation::current();
    let is_signed_in = app.is_signed_in();
    after_render(move || {
        if !is_signed_in.get() {
            return;
        }
        // Replace the entry, so that Back does not lead to this page.
        if is_page(Address::of(next.as_str()).path()) {
            navigation.go(next.as_str(), Left::Replaced);
        } else {
            _ = location().replace(&url_of(next.as_str()));
        }
    });
}
