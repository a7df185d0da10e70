//! A form that works by itself, and better with this program.

use leptos::prelude::*;

use crate::{components::problem_notice::ProblemNotice, form_state::FormState};

/// A plain form to the page's own path; with this program its server function is called instead.
/// The browser's own checks are off: ours say the same thing in the same place either way.
#[component]
pub(crate) fn Form(form: FormState, action: String, children: Children) -> impl IntoView {
    view! {
        <form
            class="form"
            method="post"
            action=action
            novalidate
            node_ref=form.node
            on:input=move |event| form.changed(&event)
            on:compositionend=move |event| form.changed(&event)
            on:focusout=move |event| form.left(&event)
            on:submit=move |event| form.submitted(&event)
        >
            <ProblemNotice form/>
            {children()}
        </form>
    }
}
