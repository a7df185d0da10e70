//! A form of the account pages.

use leptos::prelude::*;

use crate::{components::problem_notice::ProblemNotice, form_state::AccountForm};

/// A plain form to the page's own path; once the page is hydrated it calls a server function
/// instead. `novalidate` turns off the browser's own checks, so that the same message appears in
/// the same place with and without JavaScript.
#[component]
pub(crate) fn Form(form: AccountForm, action: String, children: Children) -> impl IntoView {
    view! {
        <form
            class="form"
            method="post"
            action=action
            novalidate
            node_ref=form.node
            on:input=move |event| form.on_input(&event)
            on:compositionend=move |event| form.on_input(&event)
            on:focusout=move |event| form.on_blur(&event)
            on:submit=move |event| form.on_submit(&event)
        >
            <ProblemNotice form/>
            {children()}
        </form>
    }
}
