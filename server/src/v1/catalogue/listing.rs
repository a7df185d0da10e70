//! A page of what is all there: artists and retailers are few enough to be read whole. It is found
//! and sorted as the search index does.

use std::cmp::{Ordering, Reverse};

use domain::{
    catalogue::{ListPage, ListQuery, View},
    search::{Cursor, EntityKind, Entry, Page, Position, Sort, score},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use tokio::task::yield_now;

/// What a thing is searched by.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Words<'a> {
    pub(crate) name: &'a str,
    pub(crate) brand: &'a str,
    pub(crate) text: &'a str,
}

/// The page that was asked for.
pub(super) async fn page<C>(
    things: Vec<View<C>>,
    query: &ListQuery,
    words: impl Fn(&C) -> Words<'_>,
) -> ListPage<C> {
    let mut found = Vec::with_capacity(things.len());
    for view in things {
        let artist = query.artist.as_ref();
        if artist.is_some_and(|artist| view.parent != *artist) {
            continue;
        }
        if let Some(position) = position(&view, words(&view.content), query) {
            found.push((position, view));
        }
        // Analysing the longest text takes a millisecond or two; others come in between.
        yield_now().await;
    }
    found.sort_by(|(one, _), (other, _)| compare(one, other));
    let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let skipped = match &query.page {
        Page::Offset(offset) => *offset,
        Page::After(cursor) => {
            found.partition_point(|(position, _)| compare(position, cursor.position()).is_le())
        }
    };
    let mut rest = found.into_iter().skip(skipped);
    let page: Vec<_> = rest.by_ref().take(query.limit).collect();
    let last = page.last().map(|(position, _)| position.clone());
    let next = rest.next().and_then(|_| Cursor::new(query.sort, last?));
    ListPage {
        things: page.into_iter().map(|(_, view)| view).collect(),
        total,
        next,
    }
}

/// Where a thing stands in the list; `None` when it is not found.
fn position<C>(view: &View<C>, words: Words<'_>, query: &ListQuery) -> Option<Position> {
    let (created_at, updated_at) = (millis(&view.created_at), millis(&view.updated_at));
    let id = view.id.clone();
    let entry = Entry {
        id: id.clone(),
        kind: EntityKind::Artist,
        artist: String::new(),
        is_public: false,
        version: 0,
        is_gone: false,
        slug: String::new(),
        name: words.name.to_owned(),
        brand: words.brand.to_owned(),
        text: words.text.to_owned(),
        created_at,
        updated_at,
        shops: Vec::new(),
        products: Vec::new(),
    };
    let tokens = entry.tokens();
    let score = score(&tokens, &query.words)?;
    let name_key = tokens.name_key;
    Some(match query.sort {
        Sort::Relevance => Position::Score {
            score,
            name_key,
            id,
        },
        Sort::Name => Position::Name { name_key, id },
        Sort::Newest => Position::Time { at: created_at, id },
        Sort::Updated => Position::Time { at: updated_at, id },
    })
}

/// Positions of different sorts never meet: a cursor is read for the sort of its list.
fn compare(one: &Position, other: &Position) -> Ordering {
    key(one).cmp(&key(other))
}

fn key(position: &Position) -> (Reverse<i64>, &str, &str) {
    match position {
        Position::Score {
            score,
            name_key,
            id,
        } => (Reverse((*score).into()), name_key, id),
        Position::Name { name_key, id } => (Reverse(0), name_key, id),
        Position::Time { at, id } => (Reverse(*at), "", id),
    }
}

/// Milliseconds since 1970; views have their instants as text.
fn millis(instant: &str) -> i64 {
    let instant = OffsetDateTime::parse(instant, &Rfc3339);
    let nanoseconds = instant.map_or(0, OffsetDateTime::unix_timestamp_nanos);
    i64::try_from(nanoseconds / 1_000_000).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use domain::search;

    use super::*;

    fn view(id: &str, name: &str, second: u8) -> View<String> {
        let at = format!("2026-11-25T00:00:{second:02}.000Z");
        View {
            id: id.to_owned(),
            revision: 1,
            parent: "acc_1".to_owned(),
            slug: id.to_owned(),
            content: name.to_owned(),
            created_at: at.clone(),
            updated_at: at,
            deleted_at: None,
        }
    }

    fn names(name: &String) -> Words<'_> {
        Words {
            name,
            ..Words::default()
        }
    }

    fn query(words: &str, sort: Sort, limit: usize) -> ListQuery {
        ListQuery {
            artist: None,
            words: search::Words::parse(words),
            sort,
            page: Page::Offset(0),
            limit,
        }
    }

    async fn all_pages(things: &[View<String>], mut query: ListQuery) -> Vec<String> {
        let mut ids = Vec::new();
        loop {
            let page = page(things.to_vec(), &query, names).await;
            assert!(page.things.len() <= query.limit);
            ids.extend(page.things.into_iter().map(|view| view.id));
            match page.next {
                Some(next) => query.page = Page::After(next),
                None => return ids,
            }
        }
    }

    #[tokio::test]
    async fn pages_of_every_size_and_sort_have_everything_once() {
        let things = [
            view("a", "Walk", 3),
            view("b", "Sea walk", 1),
            view("c", "walk", 3),
            view("d", "Äther", 2),
            view("e", "", 3),
        ];
        for (sort, order) in [
            (Sort::Name, ["e", "d", "b", "a", "c"]),
            (Sort::Newest, ["a", "c", "e", "d", "b"]),
            (Sort::Updated, ["a", "c", "e", "d", "b"]),
            (Sort::Relevance, ["e", "d", "b", "a", "c"]),
        ] {
            for limit in 1..=6 {
                assert_eq!(
                    all_pages(&things, query("", sort, limit)).await,
                    order,
                    "{sort:?}"
                );
            }
        }
        let found = all_pages(&things, query("walk", Sort::Relevance, 1)).await;
        assert_eq!(found, ["a", "c", "b"]);
    }

    #[tokio::test]
    async fn a_page_goes_on_behind_what_is_gone() {
        let mut things = vec![view("a", "A", 1), view("b", "B", 1), view("c", "C", 1)];
        let mut query = query("", Sort::Name, 2);
        let first = page(things.clone(), &query, names).await;
        assert_eq!(first.total, 3);
        query.page = Page::After(first.next.unwrap());
        things.remove(1);
        let second = page(things, &query, names).await;
        assert_eq!(second.things.len(), 1);
        assert_eq!(second.things[0].id, "c");
    }
}
