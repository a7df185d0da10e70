//! The search form of a list; results update while typing.

use leptos::{ev, html, prelude::*};
use types::{
    catalogue::EntityKind,
    pages::studio::{EntityListPage, ListParams},
};
use web_sys::{
    Element, FormData, HtmlFormElement, HtmlInputElement, HtmlSelectElement,
    wasm_bindgen::JsCast as _,
};

use super::{list::address, paths, select::Select};
use crate::{
    debounce::Debounce,
    input_method::is_composing,
    navigation::{HistoryAction, Navigation},
    query::QueryString,
    texts::studio_texts,
};

/// The search form. Without JavaScript it is submitted to the list's own path.
pub(super) fn search_form(first: &EntityListPage, query: Memo<String>) -> AnyView {
    let navigation = Navigation::current();
    let texts = studio_texts();
    let kind = first.kind;
    let node = NodeRef::<html::Form>::new();
    follow(query, node);
    let pause = Debounce::new();
    let go = move |left| {
        pause.forget();
        let Some(form) = node.try_get_untracked().flatten() else {
            return;
        };
        let to = address(kind, &asked(&form));
        match left {
            HistoryAction::Push => navigation.go(&to, left),
            _ if to == navigation.address_now().as_str() => {}
            _ if navigation.address_now().path() != paths::list(kind) => {}
            _ => navigation.replace_with(&to, left),
        }
    };
    let typed =
        move |is_composing| pause.run_later(is_composing, move || go(HistoryAction::Replace));
    let submitted = move |event: ev::SubmitEvent| {
        event.prevent_default();
        go(HistoryAction::Push);
    };
    view! {
        <form
            class="studio-search"
            method="get"
            action=paths::list(kind)
            role="search"
            node_ref=node
            on:submit=submitted
            on:input=move |event| typed(is_composing(&event))
            on:compositionend=move |_| typed(false)
        >
            <div class="form-field studio-search-words">
                <label class="form-field-top" for="q">{(texts.kind)(kind).search}</label>
                <input
                    class="form-field-input"
                    id="q"
                    name="q"
                    type="search"
                    value=first.params.q.clone()
                    autocomplete="off"
                    dir="auto"
                />
            </div>
            {artists(first)}
            {select("sort", texts.list.sort, sorts(kind), &first.params.sort)}
            <button class="button button-quiet" type="submit">{texts.list.go}</button>
        </form>
    }
    .into_any()
}

/// The parameters that the form holds.
fn asked(form: &HtmlFormElement) -> ListParams {
    let data = FormData::new_with_form(form).ok();
    let text = |name: &str| {
        let value = data.as_ref().and_then(|data| data.get(name).as_string());
        value.unwrap_or_default()
    };
    ListParams {
        q: text("q"),
        sort: text("sort"),
        artist: text("artist"),
        ..ListParams::default()
    }
}

/// Back, Forward and links change the query; this copies its values into the fields.
fn follow(query: Memo<String>, form: NodeRef<html::Form>) {
    Effect::new(move |before: Option<()>| {
        let query = query.get();
        let Some(form) = form.get_untracked().filter(|_| before.is_some()) else {
            return;
        };
        for name in ["q", "sort", "artist"] {
            let field = form.elements().named_item(name);
            if let Some(field) = field {
                fill(&field, &QueryString::of(&query).text(name));
            }
        }
    });
}

/// Sets the value of a field, unless only surrounding white space differs: a space that was just
/// typed stays.
fn fill(field: &Element, value: &str) {
    if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
    } else if let Some(input) = field.dyn_ref::<HtmlInputElement>()
        && input.value().trim() != value.trim()
    {
        input.set_value(value);
    }
}

fn select(
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: &str,
) -> AnyView {
    let select = Select {
        name: name.to_owned().into(),
        id: name.to_owned(),
        label,
        options,
        chosen: chosen.to_owned(),
    };
    select.show()
}

fn artists(list: &EntityListPage) -> Option<AnyView> {
    if list.kind != EntityKind::Video && list.kind != EntityKind::Product || list.artists.len() < 2
    {
        return None;
    }
    let texts = &studio_texts().list;
    let all = [(String::new(), texts.all_artists.to_owned())];
    let artists = list.artists.iter();
    let options = artists.map(|one| (one.id.clone(), one.name.clone()));
    let options = all.into_iter().chain(options).collect();
    Some(select("artist", texts.artist, options, &list.params.artist))
}

fn sorts(kind: EntityKind) -> Vec<(String, String)> {
    let texts = &studio_texts().list;
    let all = [
        ("", texts.sort_updated),
        ("name", texts.sort_name),
        ("newest", texts.sort_newest),
        ("relevance", texts.sort_relevance),
    ];
    let known = match kind {
        EntityKind::Artist | EntityKind::Retailer => &all[..2],
        EntityKind::Video | EntityKind::Product => &all[..],
    };
    let option = |(value, label): &(&str, &str)| ((*value).to_owned(), (*label).to_owned());
    known.iter().map(option).collect()
}
