//! A list of one's own things: search, order and pages.

use leptos::prelude::*;
use types::{catalogue::ReviewStatus, pages::Visibility};

use super::{
    Notice, Shelf,
    frame::{Room, page as room_page},
    notice, pagination, review, visibility,
};
use crate::{content::Content, isolated::isolated, texts::texts, when::readable};

/// A list of one's own things.
#[derive(Debug)]
pub struct List {
    /// Of which kind.
    pub shelf: Shelf,
    /// What is asked for.
    pub asked: Asked,
    /// This page of it.
    pub rows: Vec<Row>,
    /// How many there are on all pages.
    pub total: u64,
    /// How many pages there are, at least one.
    pub pages: usize,
    /// The artists to choose from, by id and name.
    pub artists: Vec<(String, String)>,
    /// What was just done.
    pub notice: Option<Notice>,
    /// What was just deleted, by id and name.
    pub deleted: Option<(String, String)>,
}

/// What a list is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Words that must be in it.
    pub q: String,
    /// The order, by its name in the query; empty for the usual one.
    pub sort: String,
    /// The artist, by id; empty for all.
    pub artist: String,
    /// The page, from 1.
    pub page: usize,
}

/// One thing in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its artist's name, or the domains of a retailer.
    pub about: String,
    /// Who sees it.
    pub state: State,
    /// When it was last changed, RFC 3339.
    pub updated_at: String,
}

/// Who sees a thing.
#[derive(Clone, Copy, Debug)]
pub enum State {
    /// By its author's choice.
    Visibility(Visibility),
    /// By a moderator's.
    Review(ReviewStatus),
}

/// The page as content.
pub fn page(list: List) -> Content {
    let title = (texts().studio.shelf)(list.shelf).title;
    Content::new(title, move || show(&list, title))
}

fn show(list: &List, title: &'static str) -> AnyView {
    let texts = &texts().studio;
    let shelf = (texts.shelf)(list.shelf);
    let is_asking = list.asked.is_asking();
    let children = view! {
        <p class="studio-page-lead">{shelf.lead}</p>
        {undo(list)}
        {notice::show(list.notice)}
        <p>
            <a class="button" href=list.shelf.path_of_new()>{shelf.new}</a>
        </p>
        {(is_asking || list.total > 0).then(|| search(list))}
        <p class="studio-count" role="status" data-count="">{(shelf.count)(list.total)}</p>
        <div class="studio-results" data-results="">
            {results(list)}
        </div>
    };
    room_page(
        Room::Shelf(list.shelf),
        title.to_owned(),
        children.into_any(),
    )
}

fn undo(list: &List) -> Option<AnyView> {
    let (id, name) = list.deleted.as_ref()?;
    let texts = &texts().studio.bin;
    let action = [&list.shelf.path_of(id), "/restoration"].concat();
    Some(
        view! {
            <form class="studio-undo" method="post" action=action>
                <p role="status">{isolated(texts.deleted, name)}</p>
                <button class="button button-quiet" type="submit">{texts.undo}</button>
            </form>
        }
        .into_any(),
    )
}

fn search(list: &List) -> AnyView {
    let texts = &texts().studio;
    let shelf = (texts.shelf)(list.shelf);
    let asked = &list.asked;
    view! {
        <form class="studio-search" method="get" action=list.shelf.path() role="search" data-live="">
            <div class="form-field studio-search-words">
                <label class="form-field-top" for="q">{shelf.search}</label>
                <input
                    class="form-field-input"
                    id="q"
                    name="q"
                    type="search"
                    value=asked.q.clone()
                    autocomplete="off"
                    dir="auto"
                />
            </div>
            {artists(list)}
            {super::field::select("sort".to_owned(), texts.list.sort, sorts(list.shelf), &asked.sort)}
            <button class="button button-quiet" type="submit">{texts.list.go}</button>
        </form>
    }
    .into_any()
}

fn artists(list: &List) -> Option<AnyView> {
    if list.shelf != Shelf::Videos && list.shelf != Shelf::Products || list.artists.len() < 2 {
        return None;
    }
    let texts = &texts().studio.list;
    let all = [(String::new(), texts.all_artists.to_owned())];
    let options = all.into_iter().chain(list.artists.iter().cloned());
    Some(super::field::select(
        "artist".to_owned(),
        texts.artist,
        options.collect(),
        &list.asked.artist,
    ))
}

fn sorts(shelf: Shelf) -> Vec<(String, String)> {
    let texts = &texts().studio.list;
    let all = [
        ("", texts.sort_updated),
        ("name", texts.sort_name),
        ("newest", texts.sort_newest),
        ("relevance", texts.sort_relevance),
    ];
    let known = match shelf {
        Shelf::Artists | Shelf::Retailers => &all[..2],
        Shelf::Videos | Shelf::Products => &all[..],
    };
    let option = |(value, label): &(&str, &str)| ((*value).to_owned(), (*label).to_owned());
    known.iter().map(option).collect()
}

fn results(list: &List) -> AnyView {
    let texts = &texts().studio;
    let shelf = (texts.shelf)(list.shelf);
    if list.rows.is_empty() {
        let text = match list.asked.is_asking() {
            true => texts.list.nothing_found,
            false => shelf.empty,
        };
        return view! {
            <p class="studio-empty">{text}</p>
            {list.asked.is_asking().then(|| view! {
                <p class="studio-state"><a href=list.shelf.path()>{texts.list.clear}</a></p>
            })}
        }
        .into_any();
    }
    view! {
        {table(list)}
        {pages(list)}
    }
    .into_any()
}

/// A table whose parts say what they are, because a phone shows them as cards, and browsers take
/// what is not laid out as a table for none.
fn table(list: &List) -> AnyView {
    let texts = &texts().studio.list;
    let about = match list.shelf {
        Shelf::Artists => None,
        Shelf::Videos | Shelf::Products => Some(texts.artist),
        Shelf::Retailers => Some(texts.domains),
    };
    let heads = [
        Some(texts.name),
        about,
        Some(texts.status),
        Some(texts.updated),
    ];
    let heads = heads.into_iter().flatten().map(|head| {
        view! { <th scope="col" role="columnheader">{head}</th> }
    });
    let rows = list.rows.iter().map(|row| {
        let state = match row.state {
            State::Visibility(visibility) => visibility::badge(visibility),
            State::Review(status) => review::badge(status),
        };
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">
                    <a href=list.shelf.path_of(&row.id)><bdi>{row.name.clone()}</bdi></a>
                </th>
                {about.map(|label| view! {
                    <td role="cell" data-label=label><bdi>{row.about.clone()}</bdi></td>
                })}
                <td role="cell" data-label=texts.status>{state}</td>
                <td role="cell" data-label=texts.updated>{readable(&row.updated_at)}</td>
            </tr>
        }
    });
    view! {
        <table class="shelf" role="table">
            <thead role="rowgroup">
                <tr role="row">{heads.collect::<Vec<_>>()}</tr>
            </thead>
            <tbody role="rowgroup">{rows.collect::<Vec<_>>()}</tbody>
        </table>
    }
    .into_any()
}

fn pages(list: &List) -> Option<AnyView> {
    let address = |page| list.asked.address(list.shelf, page);
    pagination::show(
        texts().studio.list.pages,
        list.asked.page,
        list.pages,
        address,
    )
}

impl Asked {
    /// Whether not everything is asked for.
    fn is_asking(&self) -> bool {
        !self.q.trim().is_empty() || !self.artist.is_empty()
    }

    /// The address of another page of the same list.
    fn address(&self, shelf: Shelf, page: usize) -> String {
        let page = page.to_string();
        let parts = [
            ("q", &self.q),
            ("sort", &self.sort),
            ("artist", &self.artist),
            ("page", &page),
        ];
        let parts = parts.into_iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<_> = parts
            .map(|(name, value)| [name, "=", &encoded(value)].concat())
            .collect();
        [shelf.path(), "?", &query.join("&")].concat()
    }
}

/// A value as it stands in a query.
fn encoded(value: &str) -> String {
    let mut text = String::new();
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => text.push(byte.into()),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_page_is_asked_for_with_the_same_words() {
        let asked = Asked {
            q: "a&b é".to_owned(),
            page: 2,
            ..Asked::default()
        };
        assert_eq!(
            asked.address(Shelf::Videos, 3),
            "/studio/videos?q=a%26b%20%C3%A9&page=3"
        );
    }
}
