//! A search whose results follow the typing: `form[data-live]`, with GET.

use std::{
    cell::Cell,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use dom::within;
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use web_sys::{Event, HtmlFormElement, js_sys::Date, wasm_bindgen::JsCast as _};

use super::{
    answer::{Answer, ask},
    form,
};
use crate::navigation::{Address, Left, Navigation, Turn};

/// For so long nothing is typed before the results are asked for.
const PAUSE: Duration = Duration::from_millis(120);

/// Answers that come within so many milliseconds need no pause.
const QUICK: f64 = 60.0;

/// What an answer replaces; all else on the page is the typist's.
const PARTS: [&str; 2] = ["[data-results]", "[data-count]"];

thread_local! {
    /// What is going to ask when nothing more is typed.
    static WAITING: Cell<Option<TimeoutHandle>> = const { Cell::new(None) };
}

/// Whether the last answer was quick.
static IS_QUICK: AtomicBool = AtomicBool::new(false);

/// Something was typed.
pub(crate) fn typed(navigation: Navigation, event: &Event) {
    let Some(form) = within(event, "form[data-live]") else {
        return;
    };
    if let Some(waiting) = WAITING.take() {
        waiting.clear();
    }
    // Text that an input method is still composing is not searched for; `compositionend` comes
    // here, too.
    if dom::is_composing(event) {
        return;
    }
    let follow = move || follow(navigation, form.unchecked_into());
    let pause = if IS_QUICK.load(Ordering::Relaxed) {
        Duration::ZERO
    } else {
        PAUSE
    };
    let waiting = set_timeout_with_handle(follow, pause);
    WAITING.set(waiting.ok());
}

fn follow(navigation: Navigation, form: HtmlFormElement) {
    // The page may be gone by now, or about to go.
    if !form.is_connected() || navigation.is_busy_now() {
        return;
    }
    let Some(to) = form::address_of(form) else {
        return;
    };
    // Whatever is on its way is stale now, also when what is typed is what is shown.
    let turn = Turn::begin();
    let address = Address::of(&to);
    if address == navigation.address_now() {
        return;
    }
    let began = Date::now();
    ask(&to.clone(), None, move |answer| {
        IS_QUICK.store(Date::now() - began < QUICK, Ordering::Relaxed);
        let answer = answer.filter(|answer| turn.is_still() && answer.fits());
        if let Some(answer) = answer.filter(show) {
            navigation.title.set(answer.document.title());
            navigation.carried.set(Some(address));
            navigation.shows(&to, Left::Replaced);
        }
    });
}

/// Shows the results; false when the answer has none.
fn show(answer: &Answer) -> bool {
    let mut has_any = false;
    for part in PARTS {
        let Some((new, old)) = answer.find(part).zip(dom::anywhere(part)) else {
            continue;
        };
        has_any = true;
        let html = new.inner_html();
        // What is the same is not said again.
        if old.inner_html() != html {
            old.set_inner_html(&html);
        }
    }
    has_any
}
