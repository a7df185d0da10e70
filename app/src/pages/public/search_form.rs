//! The form of the search page; results update while typing.

use leptos::{ev, html, prelude::*};
use types::pages::{PublicKind, SearchPage};

use super::address;
use crate::{
    debounce::Debounce,
    navigation::{HistoryAction, Navigation},
    query::QueryString,
    texts::public_texts,
};

/// The form of the search page. Without JavaScript it is submitted to the page's own path.
/// Submitting unchanged words calls `again`.
#[component]
pub(super) fn SearchForm(
    /// The query of the page's URL.
    query: Memo<String>,
    again: Callback<()>,
) -> impl IntoView {
    let navigation = Navigation::current();
    let field = NodeRef::<html::Input>::new();
    let kind = Memo::new(move |_| {
        let kind = QueryString::of(&query.get()).value("kind")?;
        PublicKind::from_name(&kind)
    });
    follow(query, field);
    let pause = Debounce::new();
    let go = move |left| {
        pause.forget();
        let Some(field) = field.try_get_untracked().flatten() else {
            return;
        };
        let to = address::search(&SearchPage::words_of(&field.value()), kind.get_untracked());
        match (left, to == navigation.address_now().as_str()) {
            (HistoryAction::Push, true) => again.run(()),
            (HistoryAction::Push, false) => navigation.go(&to, left),
            (HistoryAction::Replace | HistoryAction::Browser, true) => {}
            // The user has navigated to another page in the meantime.
            (HistoryAction::Replace | HistoryAction::Browser, false)
                if navigation.address_now().path() != "/search" => {}
            (HistoryAction::Replace | HistoryAction::Browser, false) => {
                navigation.replace_with(&to, left)
            }
        }
    };
    let typed =
        move |is_composing| pause.run_later(is_composing, move || go(HistoryAction::Replace));
    let submitted = move |event: ev::SubmitEvent| {
        event.prevent_default();
        go(HistoryAction::Push);
    };
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
                    value=words(&query.get_untracked())
                    maxlength=SearchPage::MAX_CHARS.to_string()
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="search-hint"
                    dir="auto"
                    node_ref=field
                    on:input=move |event| typed(crate::input_method::is_composing(&event))
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

/// The words in a query.
fn words(query: &str) -> String {
    SearchPage::words_of(&QueryString::of(query).text("q"))
}

/// Back, Forward and links change the query; this copies its words into the field.
fn follow(query: Memo<String>, field: NodeRef<html::Input>) {
    Effect::new(move |before: Option<()>| {
        let asked = words(&query.get());
        let Some(field) = field.get_untracked().filter(|_| before.is_some()) else {
            return;
        };
        if SearchPage::words_of(&field.value()) != asked {
            field.set_value(&asked);
        }
    });
}
