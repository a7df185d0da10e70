//! Who may see a page, while it is open.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use types::NextPath;

use crate::{
    app::is_page,
    state::{AppState, after_render},
};

/// Leaves a protected page when nobody is signed in any more. The server never sends one to
/// anybody else; this is for a page that is open while its session ends.
pub(crate) fn leave_when_signed_out(app: AppState) {
    let path = use_location().pathname;
    let navigate = use_navigate();
    let is_signed_in = app.is_signed_in();
    after_render(move || {
        if !is_signed_in.get() {
            let next = NextPath::parse(&path.get_untracked()).encoded();
            navigate(&["/login?next=", &next].concat(), replacing());
        }
    });
}

/// Leaves a page for visitors when somebody is signed in, here or in another tab.
pub(crate) fn leave_when_signed_in(app: AppState, next: NextPath) {
    let navigate = use_navigate();
    let is_signed_in = app.is_signed_in();
    after_render(move || {
        if !is_signed_in.get() {
            return;
        }
        if is_page(&next) {
            navigate(next.as_str(), replacing());
        } else {
            _ = location().replace(next.as_str());
        }
    });
}

/// The page that is left must not be what Back leads to.
fn replacing() -> NavigateOptions {
    NavigateOptions {
        replace: true,
        ..NavigateOptions::default()
    }
}
