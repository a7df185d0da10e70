//! A form with a single button that ends sessions.

use std::pin::Pin;

use leptos::{ev, html, prelude::*, task::spawn_local};
use web_sys::wasm_bindgen::JsValue;

use crate::{
    app_context::{flag, flag_text},
    navigation::{Address, here},
    server_fn_problem::ServerFnProblem,
    texts::texts,
};

/// A pending call of a server function that ends sessions.
pub(crate) type EndFuture = Pin<Box<dyn Future<Output = Result<(), ServerFnProblem>>>>;

/// Loads a page from the server. `assign` to the current URL with a fragment would only scroll, so
/// the page is reloaded as well.
fn load(next: &str) -> Result<(), JsValue> {
    let is_open = Address::of(next) == here();
    location().assign(next)?;
    if is_open { location().reload() } else { Ok(()) }
}

/// A form with a single button that ends sessions. After the server function has succeeded, the
/// browser loads the next document, so that nothing private stays in memory. If the call fails, the
/// plain form is submitted.
#[component]
pub(crate) fn LeaveForm(
    action: &'static str,
    label: &'static str,
    /// Path and fragment of the page to go to.
    next: &'static str,
    end: fn() -> EndFuture,
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
                Ok(()) => load(next),
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
