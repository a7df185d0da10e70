//! What is said on the first page after a session was ended on purpose.

use leptos::prelude::*;

use crate::{
    navigation::history,
    state::{AppState, after_render},
};

/// Where logging out leads to.
///
/// The fragment names the notice, which the style shows by `:target`: it needs no program, the server
/// does not learn of it, and on a page for somebody who is signed in there is no such element.
pub const LOGGED_OUT: &str = "/#logged-out";

/// Where ending all sessions leads to.
pub const SESSIONS_ENDED: &str = "/login#sessions-ended";

/// Says this where the address of the page is `address`, one of those above.
#[component]
pub(crate) fn LogOutNotice(address: &'static str, text: &'static str) -> impl IntoView {
    let (_, id) = address.split_once('#').unwrap_or_default();
    let is_signed_in = AppState::current().is_signed_in();
    // It stays on the page; a reload must not say it again.
    after_render(move || history::forget_fragment(id));
    move || {
        (!is_signed_in.get()).then(|| {
            view! { <p class="log-out-notice" id=id>{text}</p> }
        })
    }
}
