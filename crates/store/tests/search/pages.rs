//! Claims about pages.

use domain::{
    documents::StoreError,
    search::{Cursor, PageStart, Scope, SearchQuery, Sort},
};

use crate::{
    entries,
    fixture::{Index, ids, put, query, search, tombstone, video},
};

const SORTS: [Sort; 4] = [Sort::Relevance, Sort::Name, Sort::Newest, Sort::Updated];

/// A query for all entries with a common prefix, sorted; many differ only in their ids.
fn everything(sort: Sort) -> SearchQuery {
    SearchQuery {
        scope: Scope::Everything,
        sort,
        limit: 1000,
        ..query("m")
    }
}

pub(crate) async fn offsets_show_every_entry_once(index: Index) {
    put(&index, &entries::all()).await;
    for sort in SORTS {
        let all = ids(&index, &everything(sort)).await;
        assert!(all.len() > 50);
        let mut seen = Vec::new();
        for page in 0..=all.len() / 7 {
            let page = SearchQuery {
                page: PageStart::Offset(page * 7),
                limit: 7,
                ..everything(sort)
            };
            let found = search(&index, &page).await;
            assert_eq!(found.total, all.len() as u64);
            seen.extend(found.ids.into_iter().map(|(_, id)| id));
        }
        assert_eq!(seen, all, "{sort:?}");
    }
}

pub(crate) async fn cursors_show_every_entry_once(index: Index) {
    put(&index, &entries::all()).await;
    for sort in SORTS {
        let all = ids(&index, &everything(sort)).await;
        let (mut seen, mut page) = (Vec::new(), PageStart::Offset(0));
        loop {
            let wanted = SearchQuery {
                page,
                limit: 7,
                ..everything(sort)
            };
            let found = search(&index, &wanted).await;
            assert_eq!(found.total, all.len() as u64);
            seen.extend(found.ids.into_iter().map(|(_, id)| id));
            assert!(seen.len() <= all.len(), "{sort:?}: {seen:?}");
            let Some(next) = found.next else { break };
            page = PageStart::After(next);
        }
        assert_eq!(seen, all, "{sort:?}");
    }
}

pub(crate) async fn a_cursor_goes_on_also_when_its_entry_is_gone(index: Index) {
    let names = ["a", "b", "c", "d", "e"];
    let all = names.map(|name| video(&format!("vid_{name}"), &format!("film {name}")));
    put(&index, &all).await;
    for sort in SORTS {
        put(&index, &all).await;
        let first = SearchQuery {
            sort,
            limit: 2,
            ..query("film")
        };
        let found = search(&index, &first).await;
        let cursor = found.next.unwrap();
        let version = 2 * (1 + SORTS.iter().position(|one| *one == sort).unwrap() as u64);
        put(&index, &[tombstone("vid_b", version)]).await;
        let second = SearchQuery {
            page: PageStart::After(cursor),
            ..first
        };
        assert_eq!(ids(&index, &second).await, ["vid_c", "vid_d"], "{sort:?}");
        let mut back = all[1].clone();
        back.version = version + 1;
        put(&index, &[back]).await;
    }
}

pub(crate) async fn a_cursor_survives_being_written_down(index: Index) {
    put(&index, &entries::all()).await;
    for sort in SORTS {
        let first = SearchQuery {
            limit: 7,
            ..everything(sort)
        };
        let cursor = search(&index, &first).await.next.unwrap();
        let text = cursor.to_string();
        assert!(
            text.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
        );
        assert_eq!(Cursor::parse(&text, sort), Ok(cursor));
    }
}

pub(crate) async fn a_cursor_of_another_sort_is_refused(index: Index) {
    put(&index, &entries::all()).await;
    let first = SearchQuery {
        limit: 7,
        ..everything(Sort::Newest)
    };
    let cursor = search(&index, &first).await.next.unwrap();
    let other = SearchQuery {
        page: PageStart::After(cursor),
        ..everything(Sort::Updated)
    };
    let refused = index.search(&other).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))));
}

pub(crate) async fn a_limit_of_0_counts(index: Index) {
    put(&index, &entries::all()).await;
    let counted = SearchQuery {
        limit: 0,
        ..everything(Sort::Name)
    };
    let found = search(&index, &counted).await;
    let all = ids(&index, &everything(Sort::Name)).await;
    assert_eq!(found.total, all.len() as u64);
    assert_eq!((found.ids, found.next), (vec![], None));
}

pub(crate) async fn nothing_is_found_behind_the_end(index: Index) {
    put(&index, &[video("vid_1", "film"), video("vid_2", "film")]).await;
    for (offset, limit, expected, has_more) in [
        (0, 1, 1, true),
        (0, 2, 2, false),
        (1, 1, 1, false),
        (2, 1, 0, false),
        (3, 9, 0, false),
    ] {
        let page = SearchQuery {
            page: PageStart::Offset(offset),
            limit,
            ..query("film")
        };
        let found = search(&index, &page).await;
        assert_eq!(found.total, 2);
        assert_eq!(
            (found.ids.len(), found.next.is_some()),
            (expected, has_more)
        );
    }
}

pub(crate) async fn an_offset_may_be_absurd(index: Index) {
    put(&index, &[video("vid_1", "film")]).await;
    for (offset, limit) in [
        (usize::MAX, 10),
        (100_000, 10),
        (99_999, usize::MAX),
        (0, usize::MAX),
    ] {
        let page = SearchQuery {
            page: PageStart::Offset(offset),
            limit,
            ..query("film")
        };
        let found = search(&index, &page).await;
        assert_eq!(
            (found.total, found.ids.len()),
            (1, usize::from(offset == 0))
        );
    }
}
