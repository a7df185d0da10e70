//! A list of the entities of an account: search, order and pages.

use leptos::prelude::*;
use types::{
    catalogue::EntityKind,
    pages::studio::{EntityListPage, ListParams, Notice, RowState},
};

use super::{
    frame::{Area, content, page as area_page},
    notice, pagination, paths, review, visibility,
};
use crate::{content::Content, isolated::isolated, texts::texts, when::readable};

/// The page as content.
pub fn page(list: EntityListPage, notice: Option<Notice>) -> Content {
    let title = (texts().studio.kind)(list.kind).title;
    content(title, move || show(&list, notice, title))
}

fn show(list: &EntityListPage, notice: Option<Notice>, title: &'static str) -> AnyView {
    let texts = &texts().studio;
    let kind = (texts.kind)(list.kind);
    let is_filtered = list.params.is_filtered();
    let children = view! {
        <p class="studio-page-lead">{kind.lead}</p>
        {undo(list)}
        {notice::show(notice)}
        <p>
            <a class="button" href=paths::new(list.kind)>{kind.new}</a>
        </p>
        {(is_filtered || list.total > 0).then(|| search(list))}
        <p class="studio-count" role="status" data-count="">{(kind.count)(list.total)}</p>
        <div class="studio-results" data-results="">
            {results(list)}
        </div>
    };
    area_page(Area::List(list.kind), title.to_owned(), children.into_any())
}

fn undo(list: &EntityListPage) -> Option<AnyView> {
    let (id, name) = list.deleted.as_ref()?;
    let texts = &texts().studio.bin;
    let action = [&paths::edit(list.kind, id), "/restoration"].concat();
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

fn search(list: &EntityListPage) -> AnyView {
    let texts = &texts().studio;
    let kind = (texts.kind)(list.kind);
    let params = &list.params;
    view! {
        <form class="studio-search" method="get" action=paths::list(list.kind) role="search" data-live="">
            <div class="form-field studio-search-words">
                <label class="form-field-top" for="q">{kind.search}</label>
                <input
                    class="form-field-input"
                    id="q"
                    name="q"
                    type="search"
                    value=params.q.clone()
                    autocomplete="off"
                    dir="auto"
                />
            </div>
            {artists(list)}
            {super::field::select("sort".to_owned(), texts.list.sort, sorts(list.kind), &params.sort)}
            <button class="button button-quiet" type="submit">{texts.list.go}</button>
        </form>
    }
    .into_any()
}

fn artists(list: &EntityListPage) -> Option<AnyView> {
    if list.kind != EntityKind::Video && list.kind != EntityKind::Product || list.artists.len() < 2
    {
        return None;
    }
    let texts = &texts().studio.list;
    let all = [(String::new(), texts.all_artists.to_owned())];
    let options = all.into_iter().chain(
        list.artists
            .iter()
            .map(|one| (one.id.clone(), one.name.clone())),
    );
    Some(super::field::select(
        "artist".to_owned(),
        texts.artist,
        options.collect(),
        &list.params.artist,
    ))
}

fn sorts(kind: EntityKind) -> Vec<(String, String)> {
    let texts = &texts().studio.list;
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

fn results(list: &EntityListPage) -> AnyView {
    let texts = &texts().studio;
    let kind = (texts.kind)(list.kind);
    if list.rows.is_empty() {
        let text = match list.params.is_filtered() {
            true => texts.list.nothing_found,
            false => kind.empty,
        };
        return view! {
            <p class="studio-empty">{text}</p>
            {list.params.is_filtered().then(|| view! {
                <p class="studio-state"><a href=paths::list(list.kind)>{texts.list.clear}</a></p>
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
fn table(list: &EntityListPage) -> AnyView {
    let texts = &texts().studio.list;
    let about = match list.kind {
        EntityKind::Artist => None,
        EntityKind::Video | EntityKind::Product => Some(texts.artist),
        EntityKind::Retailer => Some(texts.domains),
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
            RowState::Visibility(visibility) => visibility::badge(visibility),
            RowState::Review(status) => review::badge(status),
        };
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">
                    <a href=paths::edit(list.kind, &row.id)><bdi>{row.name.clone()}</bdi></a>
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

fn pages(list: &EntityListPage) -> Option<AnyView> {
    let address = |page| address(list.kind, &list.params, page);
    pagination::show(
        texts().studio.list.pages,
        list.params.page,
        list.pages,
        address,
    )
}

/// The address of another page of the same list.
fn address(kind: EntityKind, params: &ListParams, page: u32) -> String {
    let page = page.to_string();
    let parts = [
        ("q", &params.q),
        ("sort", &params.sort),
        ("artist", &params.artist),
        ("page", &page),
    ];
    let parts = parts.into_iter().filter(|(_, value)| !value.is_empty());
    let query: Vec<_> = parts
        .map(|(name, value)| [name, "=", &encoded(value)].concat())
        .collect();
    [paths::list(kind), "?", &query.join("&")].concat()
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
        let params = ListParams {
            q: "a&b é".to_owned(),
            page: 2,
            ..ListParams::default()
        };
        assert_eq!(
            address(EntityKind::Video, &params, 3),
            "/studio/videos?q=a%26b%20%C3%A9&page=3"
        );
    }
}
