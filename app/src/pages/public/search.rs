//! The search.

use leptos::prelude::*;
use types::{
    pages::{SearchGroup, SearchPage},
    without_refused,
};

use super::{
    Paging, Shelf, address,
    card::{card, grid},
};
use crate::{
    components::page_heading::PageHeading,
    content::{Content, Head},
    isolated::isolated,
    texts::texts,
};

/// How many things of each kind a search over everything shows.
pub const BEST: usize = 6;

/// What was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The words, as typed.
    pub words: String,
    /// The one kind that was asked for.
    pub shelf: Option<Shelf>,
}

/// What was found. The URL is the whole state; no robot needs to go through all of them.
pub fn page(asked: Asked, found: SearchPage, paging: Option<Paging>) -> Content {
    let texts = &texts().public.search;
    let title = match asked.words.as_str() {
        "" => texts.title.to_owned(),
        words => (texts.title_of)(&without_refused(words)),
    };
    let head = Head {
        robots: Some("noindex"),
        ..Head::default()
    };
    Content::new(title, move || show(&asked, &found, paging)).with_head(head)
}

fn show(asked: &Asked, found: &SearchPage, paging: Option<Paging>) -> AnyView {
    let texts = &texts().public.search;
    let total: u64 = found.groups.iter().map(|group| group.total).sum();
    let count = (!asked.words.is_empty()).then(|| (texts.found)(total));
    let results = match (asked.words.is_empty(), found.groups.is_empty()) {
        (true, _) => hint(),
        (false, true) => nothing(&asked.words),
        (false, false) => groups(asked, found),
    };
    view! {
        <div class="search-page">
            <PageHeading text=texts.title/>
            {form(asked)}
            <p class="list-count" data-count="" role="status">{count}</p>
            <div class="search-results" data-results="">
                {(!asked.words.is_empty()).then(|| kinds(asked))}
                {results}
                {paging.and_then(Paging::into_view)}
            </div>
        </div>
    }
    .into_any()
}

fn form(asked: &Asked) -> AnyView {
    let texts = &texts().public.search;
    let kind = asked.shelf.map(|shelf| {
        view! { <input type="hidden" name="kind" value=shelf.kind().name()/> }
    });
    view! {
        <form class="search-form" role="search" action="/search" method="get" data-live="">
            <label class="search-label" for="search-q">{texts.label}</label>
            <div class="search-line">
                <input
                    class="form-field-input search-input"
                    id="search-q"
                    type="search"
                    name="q"
                    value=asked.words.clone()
                    maxlength="300"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="search-hint"
                    dir="auto"
                />
                <button class="button" type="submit">{texts.button}</button>
            </div>
            <p class="form-field-hint" id="search-hint">{texts.hint}</p>
            {kind}
        </form>
    }
    .into_any()
}

/// The ways from everything to one kind and back.
fn kinds(asked: &Asked) -> AnyView {
    let texts = &texts().public.search;
    let way = |shelf: Option<Shelf>| {
        let label = shelf.map_or(texts.everything, |shelf| shelf.texts().title);
        let is_current = (shelf == asked.shelf).then_some("page");
        view! {
            <a
                class="search-kind"
                href=address::search(&asked.words, shelf, 1)
                aria-current=is_current
            >
                {label}
            </a>
        }
    };
    let ways: Vec<_> = Shelf::ALL
        .into_iter()
        .map(|shelf| way(Some(shelf)))
        .collect();
    view! {
        <nav class="search-kinds" aria-label=texts.kinds>
            {way(None)}
            {ways}
        </nav>
    }
    .into_any()
}

fn groups(asked: &Asked, found: &SearchPage) -> AnyView {
    let groups: Vec<_> = found
        .groups
        .iter()
        .filter_map(|one| group(asked, one))
        .collect();
    view! { {groups} }.into_any()
}

fn group(asked: &Asked, group: &SearchGroup) -> Option<AnyView> {
    let shelf = Shelf::ALL
        .into_iter()
        .find(|shelf| shelf.kind() == group.kind)?;
    let hits: Vec<_> = group
        .hits
        .iter()
        .map(|hit| card(&hit.card, Some(hit)))
        .collect();
    let is_cut = asked.shelf.is_none() && group.total > BEST as u64;
    let all = is_cut.then(|| {
        let href = address::search(&asked.words, Some(shelf), 1);
        view! {
            <p><a class="list-all" href=href>{(shelf.texts().all)(group.total)}</a></p>
        }
    });
    let view = view! {
        <section class="list-part">
            <h2>{shelf.texts().title}</h2>
            <p class="list-count">{(shelf.texts().count)(group.total)}</p>
            {grid(hits)}
            {all}
        </section>
    };
    Some(view.into_any())
}

fn hint() -> AnyView {
    let texts = &texts().public.search;
    view! {
        <div class="search-hint">
            <p>{texts.empty}</p>
            {ways()}
        </div>
    }
    .into_any()
}

fn nothing(words: &str) -> AnyView {
    let texts = &texts().public.search;
    view! {
        <div class="search-hint">
            <h2>{isolated(texts.nothing, words)}</h2>
            <p>{texts.advice}</p>
            {ways()}
        </div>
    }
    .into_any()
}

fn ways() -> AnyView {
    let ways = Shelf::ALL.into_iter().map(|shelf| {
        view! { <a class="search-kind" href=shelf.path()>{shelf.texts().title}</a> }
    });
    let ways: Vec<_> = ways.collect();
    view! {
        <p class="search-ways">{texts().public.search.ways} {ways}</p>
    }
    .into_any()
}
