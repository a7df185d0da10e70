//! The list of an account's entities of one kind: search, sort order and pages.

use leptos::prelude::*;
use types::{
    Problem,
    catalogue::EntityKind,
    pages::{
        PageLookup,
        studio::{EntityListPage, ListParams, Notice},
    },
};

use super::{
    button_form::{ButtonForm, restore_action},
    frame::{self, StudioSection},
    notice, pagination, paths,
    search_form::search_form,
    table::table,
};
use crate::{
    api::studio::lists::read_list,
    bidi_isolation::with_isolated,
    components::problem_notice::sentence,
    page_head::PageHead,
    pages::{
        not_found::NotFoundPage,
        page_model::{PageResource, in_place_of_page, parameter, query},
    },
    query::{QueryString, with_query},
    server_fn_problem::ServerFnProblem,
    texts::studio_texts,
};

/// The list of an account's entities of one kind. The search form stays while its results change.
pub(super) fn page() -> AnyView {
    let (list, query) = (parameter("list"), query());
    let kind = Memo::new(move |_| paths::kind_of_list(&list.get()));
    let model = PageResource::new(move || (kind.get(), query.get()), find);
    model.render_on(
        kind,
        move |page| show(model, &page, query),
        in_place_of_page,
    )
}

async fn find(
    (kind, query): (Option<EntityKind>, String),
) -> Result<PageLookup<EntityListPage>, ServerFnProblem> {
    let Some((kind, params)) = kind.zip(QueryString::of(&query).list()) else {
        return Err(Problem::NotFound.into());
    };
    read_list(kind, params).await.map(PageLookup::Page)
}

/// The parts of the page outside of the results that a response changes.
#[derive(Clone, Copy)]
struct ListState {
    total: RwSignal<u64>,
    deleted: RwSignal<Option<(String, String)>>,
    query: Memo<String>,
}

impl ListState {
    fn take(self, page: &EntityListPage) {
        // The page may have been removed by now.
        let total = self.total.try_get_untracked();
        if total.is_some_and(|total| total != page.total) {
            self.total.set(page.total);
        }
        let deleted = self.deleted.try_get_untracked();
        if deleted.is_some_and(|deleted| deleted != page.deleted) {
            self.deleted.set(page.deleted.clone());
        }
    }
}

fn show(
    model: PageResource<EntityListPage>,
    first: &EntityListPage,
    query: Memo<String>,
) -> AnyView {
    let kind = first.kind;
    let texts = (studio_texts().kind)(kind);
    let shown = ListState {
        total: RwSignal::new(first.total),
        deleted: RwSignal::new(first.deleted.clone()),
        query,
    };
    let has_search = first.params.is_filtered() || first.total > 0;
    let results = move |page: EntityListPage| {
        shown.take(&page);
        results(&page)
    };
    let children = view! {
        <p class="studio-page-lead">{texts.lead}</p>
        {move || undo(kind, shown)}
        {move || notice::show(QueryString::of(&query.get()).notice())}
        <p>
            <a class="button" href=paths::new(kind)>{texts.new}</a>
        </p>
        {has_search.then(|| search_form(first, query))}
        <p class="studio-count" role="status">{move || (texts.count)(shown.total.get())}</p>
        <div class="studio-results">{model.show(results, problem)}</div>
    };
    frame::body(
        StudioSection::List(kind),
        texts.title.into(),
        children.into_any(),
    )
}

/// The view of a failed search. The form stays, so the search can be submitted again.
fn problem(problem: Problem) -> AnyView {
    if problem == Problem::NotFound {
        return NotFoundPage().into_any();
    }
    view! {
        <PageHead title=studio_texts().title/>
        <div class="problem-notice" role="alert"><p>{sentence(&problem)}</p></div>
    }
    .into_any()
}

/// The form that undoes a deletion and returns to the same list.
fn undo(kind: EntityKind, shown: ListState) -> Option<AnyView> {
    let (id, name) = shown.deleted.get()?;
    let texts = &studio_texts().trash;
    let params = QueryString::of(&shown.query.get_untracked())
        .list()
        .unwrap_or_default();
    let params = ListParams {
        deleted: String::new(),
        ..params
    };
    let address = address(kind, &params);
    let mark = if address.contains('?') { "&" } else { "?" };
    let next = [&address, mark, Notice::Restored.name()].concat();
    let form = ButtonForm {
        class: Some("studio-undo"),
        lead: Some(view! { <p role="status">{with_isolated(texts.deleted, &name)}</p> }.into_any()),
        next: Some(next.into()),
        ..ButtonForm::new(kind, &id, "/restoration", texts.undo)
    };
    Some(form.show(restore_action(kind, &id)))
}

fn results(list: &EntityListPage) -> AnyView {
    let texts = studio_texts();
    let kind = (texts.kind)(list.kind);
    let head = frame::head(kind.title);
    if list.rows.is_empty() {
        let text = match list.params.is_filtered() {
            true => texts.list.nothing_found,
            false => kind.empty,
        };
        return view! {
            {head}
            <p class="studio-empty">{text}</p>
            {list.params.is_filtered().then(|| view! {
                <p class="studio-state"><a href=paths::list(list.kind)>{texts.list.clear}</a></p>
            })}
        }
        .into_any();
    }
    let of_page = |page| {
        let params = ListParams {
            page,
            deleted: String::new(),
            ..list.params.clone()
        };
        address(list.kind, &params)
    };
    view! {
        {head}
        {table(list)}
        {pagination::show(texts.list.pages, list.params.page, list.pages, of_page)}
    }
    .into_any()
}

/// The URL of a list with these parameters.
pub(super) fn address(kind: EntityKind, params: &ListParams) -> String {
    let page = match params.page {
        1 => String::new(),
        page => page.to_string(),
    };
    let pairs = [
        ("q", params.q.clone()),
        ("sort", params.sort.clone()),
        ("artist", params.artist.clone()),
        ("deleted", params.deleted.clone()),
        ("page", page),
    ];
    let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    with_query(paths::list(kind), pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_page_is_asked_for_with_the_same_words() {
        let params = ListParams {
            q: "a&b é".to_owned(),
            page: 3,
            ..ListParams::default()
        };
        let address = address(EntityKind::Video, &params);
        assert_eq!(address, "/studio/videos?q=a%26b+%C3%A9&page=3");
        assert_eq!(
            super::address(EntityKind::Video, &ListParams::default()),
            "/studio/videos"
        );
    }
}
