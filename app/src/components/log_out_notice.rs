//! The notice after a session was ended on purpose.

use leptos::prelude::*;

use crate::{
    app_context::{AppContext, after_render},
    navigation::history,
};

/// The target of a log-out.
///
/// The fragment selects the notice, which the style shows by `:target`. This works without
/// JavaScript, the server does not see it, and a page for a signed-in user has no such element.
pub const LOGGED_OUT: &str = "/#logged-out";

/// The target of ending all sessions.
pub const SESSIONS_ENDED: &str = "/login#sessions-ended";

/// Shows `text` on the page whose URL is `address`, one of the two constants above.
#[component]
pub(crate) fn LogOutNotice(address: &'static str, text: &'static str) -> impl IntoView {
    let (_, id) = address.split_once('#').unwrap_or_default();
    let is_signed_in = AppContext::current().is_signed_in();
    // Remove the fragment, so that a reload does not show the notice again.
    after_render(move || history::remove_fragment(id));
    move || {
        (!is_signed_in.get()).then(|| {
            view! { <p class="log-out-notice" id=id>{text}</p> }
        })
    }
}
