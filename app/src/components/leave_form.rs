//! A form of one button that ends sessions.

use std::pin::Pin;

use leptos::{ev, html, prelude::*, task::spawn_local};

use crate::{
    failure::Failure,
    state::{flag, flag_text},
    texts::texts,
};

/// The answer of a server function that is on its way.
pub(crate) type Ended = Pin<Box<dyn Future<Output = Result<(), Failure>>>>;

/// A form of one button that ends sessions. With this program the whole page is then loaded anew,
/// so that nothing private stays in its memory; when the call fails, the plain form is sent.
#[component]
pub(crate) fn LeaveForm(
    action: &'static str,
    label: &'static str,
    /// Where to go when it is done.
    next: &'static str,
    end: fn() -> Ended,
) -> impl IntoView {
    let node = NodeRef::<html::Form>::new();
    let is_busy = RwSignal::new(false);
    let submitted = move |event: ev::SubmitEvent| {
        let Some(form) = node.get_untracked() else {
            return;
        };
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            _ = match end().await {
                Ok(()) => location().assign(next),
                Err(_) => form.submit(),
            };
        });
    };
    view! {
        <form class="leave-form" method="post" action=action node_ref=node on:submit=submitted>
            <button
                class="button button-quiet"
                type="submit"
                aria-disabled=flag(move || is_busy.get())
                aria-busy=flag(move || is_busy.get())
            >
                {label}
            </button>
            <span class="visually-hidden" role="status">
                {flag_text(is_busy, texts().forms.busy)}
            </span>
        </form>
    }
}
