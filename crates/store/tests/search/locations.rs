//! Claims about locations of entries, and about the version of the index.

use domain::{
    documents::Consistency,
    search::{
        EntityKind, EntryLocation, Filter, IndexEntry, IndexVersion, PageStart, SearchQuery, Sort,
    },
};

use crate::fixture::{Index, ids, put, query, tombstone, video};

fn at(number: u8) -> IndexEntry {
    IndexEntry {
        slug: format!("film-{number}"),
        artist: format!("art_{}", number % 3),
        created_at: number.into(),
        updated_at: 1_700_000_000_000 + i64::from(number),
        ..video(&format!("vid_{number}"), "Film")
    }
}

fn location(entry: &IndexEntry) -> EntryLocation {
    EntryLocation {
        id: entry.id.clone(),
        artist: entry.artist.clone(),
        slug: entry.slug.clone(),
        updated_at: entry.updated_at,
    }
}

/// A query for all public entries, newest first.
fn newest() -> SearchQuery {
    SearchQuery {
        sort: Sort::Newest,
        limit: 1_000,
        ..query("")
    }
}

pub(crate) async fn they_are_those_of_what_a_search_finds(index: Index) {
    let entries: Vec<_> = (0..30).map(at).collect();
    put(&index, &entries).await;
    let hidden = IndexEntry {
        is_public: false,
        ..at(40)
    };
    put(&index, &[hidden, tombstone("vid_41", 3)]).await;
    for (offset, limit) in [(0, 1_000), (0, 7), (7, 7), (28, 7), (30, 7), (0, 0)] {
        let query = SearchQuery {
            page: PageStart::Offset(offset),
            limit,
            ..newest()
        };
        let expected = entries.iter().rev().skip(offset).take(limit);
        let expected: Vec<_> = expected.map(location).collect();
        assert_eq!(index.locations(&query).await.unwrap(), expected);
        let found = ids(&index, &query).await;
        assert!(expected.iter().map(|one| &one.id).eq(&found));
    }
}

pub(crate) async fn one_that_was_changed_stands_where_its_newest_entry_says(index: Index) {
    put(&index, &[at(1)]).await;
    let renamed = IndexEntry {
        version: 2,
        slug: "another".to_owned(),
        ..at(1)
    };
    put(&index, &[renamed.clone(), at(1)]).await;
    let found = index.locations(&newest()).await.unwrap();
    assert_eq!(found, [location(&renamed)]);
}

pub(crate) async fn entries_are_found_by_their_ids(index: Index) {
    let artists: Vec<_> = (0..20)
        .map(|number| IndexEntry {
            id: format!("art_{number}"),
            kind: EntityKind::Artist,
            is_public: number != 3,
            ..at(number)
        })
        .collect();
    put(&index, &artists).await;
    let of = |wanted: &[&str]| SearchQuery {
        kinds: vec![EntityKind::Artist],
        filter: Filter::Ids(wanted.iter().map(|id| (*id).to_owned()).collect()),
        ..newest()
    };
    let found = ids(&index, &of(&["art_2", "art_3", "art_19", "art_77"])).await;
    assert_eq!(found, ["art_19", "art_2"]);
    assert!(ids(&index, &of(&[])).await.is_empty());
    let all: Vec<_> = artists.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids(&index, &of(&all)).await.len(), 19);
}

/// The version for searches that may be a second old, after all writes have become visible.
async fn version(index: &Index) -> IndexVersion {
    let now = SearchQuery {
        consistency: Consistency::Current,
        limit: 0,
        ..newest()
    };
    index.search(&now).await.unwrap();
    index.version().await.unwrap()
}

pub(crate) async fn the_version_changes_with_what_can_be_found_and_only_then(index: Index) {
    let empty = version(&index).await;
    put(&index, &[at(1), at(2)]).await;
    let two = version(&index).await;
    assert_ne!(empty, two);
    index.locations(&newest()).await.unwrap();
    assert_eq!(version(&index).await, two, "nothing was put");
    let hidden = IndexEntry {
        version: 2,
        is_public: false,
        ..at(1)
    };
    put(&index, &[hidden]).await;
    let one = version(&index).await;
    assert_ne!(one, two);
    put(&index, &[tombstone("vid_2", 2)]).await;
    let none = version(&index).await;
    assert!(![&empty, &two, &one].contains(&&none));
    let rebuild = index.rebuild().await.unwrap();
    rebuild.put(vec![at(1), at(2)]).await.unwrap();
    rebuild.finish().await.unwrap();
    let rebuilt = version(&index).await;
    assert!(![&empty, &two, &one, &none].contains(&&rebuilt));
}
