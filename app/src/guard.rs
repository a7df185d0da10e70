//! Who may see a page, while it is open.

use leptos::prelude::*;
use types::NextPath;

use crate::{
    app::{is_page, is_protected},
    navigation::{Address, Left, Navigation, url_of},
    state::{AppState, after_render},
};

/// Leaves a protected page when nobody is signed in any more. The server never sends one to
/// anybody else; this is for a page that is open while its session ends.
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

/// Leaves a page for visitors when somebody is signed in, here or in another tab.
pub(crate) fn leave_when_signed_in(app: AppState, next: NextPath) {
    let navigation = Navigation::current();
    let is_signed_in = app.is_signed_in();
    after_render(move || {
        if !is_signed_in.get() {
            return;
        }
        // The page that is left must not be what Back leads to.
        if is_page(Address::of(next.as_str()).path()) {
            navigation.go(next.as_str(), Left::Replaced);
        } else {
            _ = location().replace(&url_of(next.as_str()));
        }
    });
}
