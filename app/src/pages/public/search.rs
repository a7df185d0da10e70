//! The search page.

use leptos::prelude::*;
use types::{
    Problem,
    pages::{PublicKind, SearchGroup, SearchPage},
    without_forbidden,
};

use super::{
    address,
    card::{card, grid},
    list::list_texts,
    paging::PageLinks,
    search_form::SearchForm,
};
use crate::{
    api::public as api,
    bidi_isolation::with_isolated,
    components::{page_heading::PageHeading, problem_notice::sentence},
    page_head::{HeadTags, Indexing, PageHead},
    pages::page_model::{page_from_or, query},
    texts::public_texts,
};

/// The search page. Its URL is its whole state. Search engines must not index results.
pub(super) fn page() -> AnyView {
    let query = query();
    let count = RwSignal::new(0_u32);
    let again = Callback::new(move |()| count.update(|count| *count += 1));
    let results = page_from_or(
        move || (query.get(), count.get()),
        |(query, _)| api::search(query),
        |page| results(&page),
        problem,
    );
    view! {
        <div class="search-page">
            <PageHeading text=public_texts().search.title/>
            <SearchForm query again/>
            {results}
        </div>
    }
    .into_any()
}

/// The view of a failed search. The form stays, so the search can be submitted again.
fn problem(problem: Problem) -> AnyView {
    view! {
        <PageHead title=public_texts().search.title/>
        <div class="problem-notice" role="alert">
            <p>{sentence(&problem)}</p>
        </div>
    }
    .into_any()
}

fn results(page: &SearchPage) -> AnyView {
    let texts = &public_texts().search;
    let title = match page.words.as_str() {
        "" => texts.title.to_owned(),
        words => (texts.title_of)(&without_forbidden(words)),
    };
    let head = HeadTags {
        is_indexed: Indexing::No,
        ..HeadTags::default()
    };
    let total: u64 = page.groups.iter().map(|group| group.total).sum();
    let count = (!page.words.is_empty()).then(|| (texts.found)(total));
    let found = match (page.words.is_empty(), page.groups.is_empty()) {
        (true, _) => hint(),
        (false, true) => nothing(&page.words),
        (false, false) => groups(page),
    };
    view! {
        <PageHead title head/>
        <p class="list-count" role="status">{count}</p>
        <div class="search-results">
            {(!page.words.is_empty()).then(|| kinds(page))}
            {found}
            {page_links(page).and_then(PageLinks::into_view)}
        </div>
    }
    .into_any()
}

fn page_links(page: &SearchPage) -> Option<PageLinks> {
    Some(PageLinks::of_search(page.paging?, &page.words, page.kind))
}

/// Links to the results of all kinds and of each kind.
fn kinds(page: &SearchPage) -> AnyView {
    let texts = &public_texts().search;
    let way = |kind: Option<PublicKind>| {
        let label = kind.map_or(texts.everything, |kind| list_texts(kind).title);
        let is_current = (kind == page.kind).then_some("page");
        view! {
            <a
                class="search-kind"
                href=address::search(&page.words, kind)
                aria-current=is_current
            >
                {label}
            </a>
        }
    };
    let links: Vec<_> = PublicKind::ALL.map(|kind| way(Some(kind))).into();
    view! {
        <nav class="search-kinds" aria-label=texts.kinds>
            {way(None)}
            {links}
        </nav>
    }
    .into_any()
}

fn groups(page: &SearchPage) -> AnyView {
    let groups: Vec<_> = page.groups.iter().map(|one| group(page, one)).collect();
    view! { {groups} }.into_any()
}

fn group(page: &SearchPage, group: &SearchGroup) -> AnyView {
    let texts = list_texts(group.kind);
    let hits: Vec<_> = group
        .hits
        .iter()
        .map(|hit| card(&hit.card, Some(hit)))
        .collect();
    let is_cut = page.kind.is_none() && group.total > group.hits.len() as u64;
    let all = is_cut.then(|| {
        let href = address::search(&page.words, Some(group.kind));
        view! {
            <p><a class="list-all" href=href>{(texts.all)(group.total)}</a></p>
        }
    });
    view! {
        <section class="list-part">
            <h2>{texts.title}</h2>
            <p class="list-count">{(texts.count)(group.total)}</p>
            {grid(hits)}
            {all}
        </section>
    }
    .into_any()
}

fn hint() -> AnyView {
    let texts = &public_texts().search;
    view! {
        <div class="search-hint">
            <p>{texts.empty}</p>
            {ways()}
        </div>
    }
    .into_any()
}

fn nothing(words: &str) -> AnyView {
    let texts = &public_texts().search;
    view! {
        <div class="search-hint">
            <h2>{with_isolated(texts.nothing, words)}</h2>
            <p>{texts.advice}</p>
            {ways()}
        </div>
    }
    .into_any()
}

fn ways() -> AnyView {
    let way = |kind: PublicKind| {
        let title = list_texts(kind).title;
        view! { <a class="search-kind" href=address::list(kind)>{title}</a> }
    };
    let ways: Vec<_> = PublicKind::ALL.map(way).into();
    view! {
        <p class="search-links">{public_texts().search.ways} {ways}</p>
    }
    .into_any()
}
