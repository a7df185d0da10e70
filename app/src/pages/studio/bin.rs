//! What is deleted and can be restored.

use leptos::prelude::*;

use super::{
    Shelf,
    frame::{Room, page as room_page},
};
use crate::{content::Content, texts::texts, when::readable};

/// Something deleted.
#[derive(Clone, Debug)]
pub struct Deleted {
    /// Its kind.
    pub shelf: Shelf,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// When it was deleted, RFC 3339.
    pub deleted_at: String,
}

/// The page as content.
pub fn page(deleted: Vec<Deleted>) -> Content {
    let title = texts().studio.bin.title;
    Content::new(title, move || show(&deleted, title))
}

fn show(deleted: &[Deleted], title: &'static str) -> AnyView {
    let texts = &texts().studio;
    let sections = Shelf::ALL.into_iter().filter_map(|shelf| {
        let rows: Vec<_> = deleted
            .iter()
            .filter(|one| one.shelf == shelf)
            .map(row)
            .collect();
        (!rows.is_empty()).then(|| {
            view! {
                <section class="panel">
                    <h2>{(texts.shelf)(shelf).title}</h2>
                    <ul class="bin" role="list">{rows}</ul>
                </section>
            }
        })
    });
    let sections: Vec<_> = sections.collect();
    let empty = sections.is_empty();
    let children = view! {
        <p class="studio-page-lead">{texts.bin.lead}</p>
        {sections}
        {empty.then(|| view! { <p class="studio-empty">{texts.bin.empty}</p> })}
    };
    room_page(Room::Bin, title.to_owned(), children.into_any())
}

fn row(one: &Deleted) -> AnyView {
    let texts = &texts().studio.bin;
    let action = [&one.shelf.path_of(&one.id), "/restoration"].concat();
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
