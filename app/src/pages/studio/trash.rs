//! What is deleted and can be restored.

use leptos::prelude::*;
use types::{
    catalogue::EntityKind,
    pages::studio::{TrashPage, TrashSection, TrashedEntity},
};

use super::{
    frame::{Area, content, page as area_page},
    pagination, paths,
};
use crate::{content::Content, texts::texts, when::readable};

/// The page as content.
pub fn page(trash: TrashPage) -> Content {
    let title = texts().studio.bin.title;
    content(title, move || show(&trash, title))
}

fn show(trash: &TrashPage, title: &'static str) -> AnyView {
    let texts = &texts().studio.bin;
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
    area_page(Area::Trash, title.to_owned(), children.into_any())
}

/// A kind of which nothing is deleted has no section.
fn section(section: &TrashSection) -> Option<AnyView> {
    if section.entities.is_empty() && section.pages < 2 {
        return None;
    }
    let title = (texts().studio.kind)(section.kind).title;
    let rows = section.entities.iter().map(|one| row(section.kind, one));
    let address = |page| paths::trash(section.kind, page);
    Some(
        view! {
            <section class="panel">
                <h2>{title}</h2>
                <ul class="bin" role="list">{rows.collect::<Vec<_>>()}</ul>
                {pagination::show(title, section.page, section.pages, address)}
            </section>
        }
        .into_any(),
    )
}

fn row(kind: EntityKind, one: &TrashedEntity) -> AnyView {
    let texts = &texts().studio.bin;
    let action = [&paths::edit(kind, &one.id), "/restoration"].concat();
    view! {
        <li class="bin-row">
            <span>
                <strong dir="auto">{one.name.clone()}</strong>
                " "
                <span class="bin-when">{(texts.deleted_at)(&readable(&one.deleted_at))}</span>
            </span>
            <form method="post" action=action>
                <button class="button button-quiet" type="submit" aria-label=(texts.restore_named)(&one.name)>
                    {texts.restore}
                </button>
            </form>
        </li>
    }
    .into_any()
}
