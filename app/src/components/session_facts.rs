//! The current user, and begin and end of the session.

use leptos::prelude::*;

use crate::{app_context::AppContext, texts::texts, timestamp::format_timestamp};

/// The current user, and begin and end of the session.
#[component]
pub(crate) fn SessionFacts() -> impl IntoView {
    let app = AppContext::current();
    let texts = &texts().account;
    view! {
        <dl class="session-facts">
            {fact(texts.signed_in_as, app.current_user_text(|current_user| current_user.account.email_address.clone()))}
            {fact(texts.session_began, app.current_user_text(|current_user| format_timestamp(&current_user.session_began_at)))}
            {fact(texts.session_ends, app.current_user_text(|current_user| format_timestamp(&current_user.session_ends_at)))}
            {fact(texts.since, app.current_user_text(|current_user| format_timestamp(&current_user.account.created_at)))}
        </dl>
    }
}

fn fact(label: &'static str, value: Signal<String>) -> impl IntoView {
    view! {
        <div>
            <dt>{label}</dt>
            <dd dir="auto">{value}</dd>
        </div>
    }
}
