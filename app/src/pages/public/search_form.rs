//! The form of the search, whose results follow the typing.

use std::time::Duration;

use leptos::{ev, html, leptos_dom::helpers::TimeoutHandle, prelude::*};
use types::pages::{PublicKind, SearchPage};

use super::address;
use crate::{
    navigation::{Left, Navigation},
    pages::read::query,
    texts::public_texts,
};

/// For so long nothing is typed before the results are asked for.
const PAUSE: Duration = Duration::from_millis(120);

/// The form of the search. Without the program it is sent to the page's own address.
#[component]
pub(super) fn SearchForm() -> impl IntoView {
    let navigation = Navigation::current();
    let query = query();
    let field = NodeRef::<html::Input>::new();
    let kind = Memo::new(move |_| {
        query.track();
        navigation
            .address()
            .value("kind")
            .and_then(|kind| PublicKind::from_name(&kind))
    });
    follow_address(navigation, field);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let go = move |left| {
        forget(waiting);
        let Some(field) = field.get_untracked() else {
            return;
        };
        let to = address::search(&SearchPage::words_of(&field.value()), kind.get_untracked());
        if to == navigation.address_now().as_str() {
            return;
        }
        match left {
            Left::Behind => navigation.go(&to, left),
            Left::Replaced | Left::Known => navigation.shows(&to, left),
        }
    };
    // Text that an input method is still composing is not searched for; `compositionend` comes here,
    // too.
    let typed = move |is_composing: bool| {
        forget(waiting);
        if !is_composing {
            let handle = set_timeout_with_handle(move || go(Left::Replaced), PAUSE);
            waiting.set_value(handle.ok());
        }
    };
    let submitted = move |event: ev::SubmitEvent| {
        event.prevent_default();
        go(Left::Behind);
    };
    on_cleanup(move || forget(waiting));
    let texts = &public_texts().search;
    view! {
        <form class="search-form" role="search" action="/search" method="get" on:submit=submitted>
            <label class="search-label" for="search-q">{texts.label}</label>
            <div class="search-line">
                <input
                    class="form-field-input search-input"
                    id="search-q"
                    type="search"
                    name="q"
                    value=words(navigation)
                    maxlength=SearchPage::LONGEST.to_string()
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="search-hint"
                    dir="auto"
                    node_ref=field
                    on:input=move |event| typed(dom::is_composing(&event))
                    on:compositionend=move |_| typed(false)
                />
                <button class="button" type="submit">{texts.button}</button>
            </div>
            <p class="form-field-hint" id="search-hint">{texts.hint}</p>
            {move || kind.get().map(|kind| {
                view! { <input type="hidden" name="kind" value=kind.name()/> }
            })}
        </form>
    }
}

/// What the address says that is searched for.
fn words(navigation: Navigation) -> String {
    let asked = navigation.address_now().value("q");
    SearchPage::words_of(&asked.unwrap_or_default())
}

/// Back and Forward change the address, and the field with it.
fn follow_address(navigation: Navigation, field: NodeRef<html::Input>) {
    let query = query();
    Effect::new(move |before: Option<()>| {
        query.track();
        let Some(field) = field.get_untracked().filter(|_| before.is_some()) else {
            return;
        };
        let asked = words(navigation);
        if SearchPage::words_of(&field.value()) != asked {
            field.set_value(&asked);
        }
    });
}

fn forget(waiting: StoredValue<Option<TimeoutHandle>>) {
    if let Some(waiting) = waiting.try_update_value(Option::take).flatten() {
        waiting.clear();
    }
}
