//! A form of one button that ends sessions.

use std::pin::Pin;

use leptos::{ev, html, prelude::*, task::spawn_local};
use web_sys::wasm_bindgen::JsValue;

use crate::{
    failure::Failure,
    navigation::{Address, here},
    state::{flag, flag_text},
    texts::texts,
};

/// The answer of a server function that is on its way.
pub(crate) type Ended = Pin<Box<dyn Future<Output = Result<(), Failure>>>>;

/// Loads a page whole, also the one that is open: to go to a place on that would keep the document.
fn load(next: &str) -> Result<(), JsValue> {
    let is_open = Address::of(next) == here();
    location().assign(next)?;
    if is_open { location().reload() } else { Ok(()) }
}

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
