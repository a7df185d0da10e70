//! What is deleted and can be restored.

use leptos::prelude::*;

use super::{
    Shelf,
    frame::{Room, page as room_page},
    pagination,
};
use crate::{content::Content, texts::texts, when::readable};

/// What is deleted, of each kind a page.
#[derive(Debug)]
pub struct Bin {
    /// The only kind that is shown; `None` for the first page of every kind.
    pub kind: Option<Shelf>,
    /// A page of each kind that is shown.
    pub sections: Vec<Section>,
}

/// A page of what is deleted of a kind.
#[derive(Debug)]
pub struct Section {
    /// The kind.
    pub shelf: Shelf,
    /// What is on the page, the last deleted one first.
    pub deleted: Vec<Deleted>,
    /// The page, from 1.
    pub page: usize,
    /// How many pages there are, at least one.
    pub pages: usize,
}

/// Something deleted.
#[derive(Clone, Debug)]
pub struct Deleted {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// When it was deleted, RFC 3339.
    pub deleted_at: String,
}

/// The page as content.
pub fn page(bin: Bin) -> Content {
    let title = texts().studio.bin.title;
    Content::new(title, move || show(&bin, title))
}

fn show(bin: &Bin, title: &'static str) -> AnyView {
    let texts = &texts().studio.bin;
    let sections: Vec<_> = bin.sections.iter().filter_map(section).collect();
    let is_empty = sections.is_empty();
    let children = view! {
        <p class="studio-page-lead">{texts.lead}</p>
        {sections}
        {is_empty.then(|| {
            let empty = bin.kind.map_or(texts.empty, |_| texts.empty_kind);
            view! { <p class="studio-empty">{empty}</p> }
        })}
        {bin.kind.map(|_| view! {
            <p class="studio-state"><a href=Room::Bin.path()>{texts.all}</a></p>
        })}
    };
    room_page(Room::Bin, title.to_owned(), children.into_any())
}

/// A kind of which nothing is deleted has no section.
fn section(section: &Section) -> Option<AnyView> {
    if section.deleted.is_empty() && section.pages < 2 {
        return None;
    }
    let title = (texts().studio.shelf)(section.shelf).title;
    let rows = section.deleted.iter().map(|one| row(section.shelf, one));
    let address = |page: usize| {
        let (kind, page) = (section.shelf.name(), page.to_string());
        [Room::Bin.path(), "?kind=", kind, "&page=", &page].concat()
    };
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

fn row(shelf: Shelf, one: &Deleted) -> AnyView {
    let texts = &texts().studio.bin;
    let action = [&shelf.path_of(&one.id), "/restoration"].concat();
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
