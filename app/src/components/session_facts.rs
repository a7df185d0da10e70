//! Who is signed in, and when the session began and ends.

use leptos::prelude::*;

use crate::{state::AppState, texts::texts, when::readable};

/// Who is signed in, and when the session began and ends.
#[component]
pub(crate) fn SessionFacts() -> impl IntoView {
    let app = AppState::current();
    let texts = &texts().account;
    let address = app.of_visitor(|visitor| visitor.account.email_address.clone());
    view! {
        <dl class="session-facts">
            <div>
                <dt>{texts.signed_in_as}</dt>
                <dd class="session-facts-address">{address}</dd>
            </div>
            {fact(texts.session_began, app.of_visitor(|visitor| visitor.session_began_at.clone()))}
            {fact(texts.session_ends, app.of_visitor(|visitor| visitor.session_ends_at.clone()))}
            {fact(texts.since, app.of_visitor(|visitor| visitor.account.created_at.clone()))}
        </dl>
    }
}

fn fact(label: &'static str, moment: Memo<String>) -> impl IntoView {
    view! {
        <div>
            <dt>{label}</dt>
            <dd>
                <time datetime=move || moment.get()>{move || readable(&moment.read())}</time>
            </dd>
        </div>
    }
}
