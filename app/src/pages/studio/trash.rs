//! The trash.

use leptos::prelude::*;
use types::{
    catalogue::EntityKind,
    pages::{
        PageLookup,
        studio::{TrashPage, TrashSection, TrashedEntity},
    },
};

use super::{
    button_form::{ButtonForm, restore_action},
    frame::{StudioSection, page as area_page},
    pagination, paths,
};
use crate::{
    api::studio::trash::read_trash,
    pages::page_model::{page_from, query},
    query::QueryString,
    server_fn_problem::ServerFnProblem,
    texts::studio_texts,
    timestamp::format_timestamp,
};

/// The trash: the first page of every kind, or one page of a single kind.
pub(super) fn page() -> AnyView {
    let query = query();
    page_from(move || query.get(), find, |trash| show(&trash))
}

async fn find(query: String) -> Result<PageLookup<TrashPage>, ServerFnProblem> {
    let query = QueryString::of(&query);
    let name = query.text("kind");
    let kind = paths::kind_of_list(&name);
    // Page 0 does not exist, so the server answers 404.
    let page = query.page().filter(|_| kind.is_some() || name.is_empty());
    let page = page.unwrap_or_default();
    read_trash(kind, page).await.map(PageLookup::Page)
}

fn show(trash: &TrashPage) -> AnyView {
    let texts = &studio_texts().trash;
    let sections: Vec<_> = trash.sections.iter().filter_map(section).collect();
    let is_empty = sections.is_empty();
    let children = view! {
        <p class="studio-page-lead">{texts.lead}</p>
        {sections}
        {is_empty.then(|| {
            let empty = trash.kind.map_or(texts.empty, |_| texts.empty_kind);
            view! { <p class="studio-empty">{empty}</p> }
        })}
        {trash.kind.map(|_| view! {
            <p class="studio-state"><a href=paths::TRASH>{texts.all}</a></p>
        })}
    };
    area_page(
        StudioSection::Trash,
        texts.title.to_owned(),
        children.into_any(),
    )
}

/// The section of a kind; `None` if none of its entities is deleted.
fn section(section: &TrashSection) -> Option<AnyView> {
    if section.entities.is_empty() && section.pages < 2 {
        return None;
    }
    let title = (studio_texts().kind)(section.kind).title;
    let rows = section.entities.iter().map(|one| row(section.kind, one));
    let address = |page| paths::trash(section.kind, page);
    Some(
        view! {
            <section class="panel">
                <h2>{title}</h2>
                <ul class="trash" role="list">{rows.collect::<Vec<_>>()}</ul>
                {pagination::show(title, section.page, section.pages, address)}
            </section>
        }
        .into_any(),
    )
}

fn row(kind: EntityKind, one: &TrashedEntity) -> AnyView {
    let texts = &studio_texts().trash;
    let button = ButtonForm {
        name: Some((texts.restore_named)(&one.name)),
        ..ButtonForm::new(kind, &one.id, "/restoration", texts.restore)
    };
    view! {
        <li class="trash-row">
            <span>
                <strong dir="auto">{one.name.clone()}</strong>
                " "
                <span class="trash-time">{(texts.deleted_at)(&format_timestamp(&one.deleted_at))}</span>
            </span>
            {button.show(restore_action(kind, &one.id))}
        </li>
    }
    .into_any()
}
