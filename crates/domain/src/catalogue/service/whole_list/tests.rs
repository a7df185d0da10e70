use time::{Duration, OffsetDateTime};
use types::catalogue::{ArtistContent, ArtistInput, Slug};

use super::*;
use crate::{
    catalogue::entities::record::EntityRecord, clock::ManualClock, documents::Revision,
    search::QueryWords,
};

fn entity(id: &str, name: &str, second: i64) -> StoredEntity<ArtistContent> {
    let clock = ManualClock::new(OffsetDateTime::UNIX_EPOCH + Duration::seconds(second));
    let slug = Slug::parse(id, 1, 80).unwrap().unwrap();
    let content = ArtistInput {
        name: "A".to_owned(),
        ..ArtistInput::default()
    };
    let content = ArtistContent {
        name: name.to_owned(),
        ..content.check().unwrap()
    };
    StoredEntity {
        id: id.to_owned(),
        revision: Revision(1),
        record: EntityRecord::new("acc_1", slug, content, "acc_1", &clock),
    }
}

fn query(words: &str, sort: Sort, limit: usize) -> ListQuery {
    ListQuery {
        artist: None,
        words: QueryWords::parse(words),
        sort,
        page: PageStart::Offset(0),
        limit,
    }
}

async fn all_pages(entities: &[StoredEntity<ArtistContent>], mut query: ListQuery) -> Vec<String> {
    let mut ids = Vec::new();
    loop {
        let page = page_of(entities.to_vec(), &query, |_| "").await;
        assert!(page.entities.len() <= query.limit);
        ids.extend(page.entities.into_iter().map(|view| view.id));
        match page.next {
            Some(next) => query.page = PageStart::After(next),
            None => return ids,
        }
    }
}

#[tokio::test]
async fn pages_of_every_size_and_sort_have_everything_once() {
    let entities = [
        entity("a", "Walk", 3),
        entity("b", "Sea walk", 1),
        entity("c", "walk", 3),
        entity("d", "Äther", 2),
        entity("e", "", 3),
    ];
    for (sort, order) in [
        (Sort::Name, ["e", "d", "b", "a", "c"]),
        (Sort::Newest, ["a", "c", "e", "d", "b"]),
        (Sort::Updated, ["a", "c", "e", "d", "b"]),
        (Sort::Relevance, ["e", "d", "b", "a", "c"]),
    ] {
        for limit in 1..=6 {
            let pages = all_pages(&entities, query("", sort, limit)).await;
            assert_eq!(pages, order, "{sort:?}");
        }
    }
    let found = all_pages(&entities, query("walk", Sort::Relevance, 1)).await;
    assert_eq!(found, ["a", "c", "b"]);
}

#[tokio::test]
async fn a_page_goes_on_behind_what_is_gone() {
    let mut entities = vec![
        entity("a", "A", 1),
        entity("b", "B", 1),
        entity("c", "C", 1),
    ];
    let mut query = query("", Sort::Name, 2);
    let first = page_of(entities.clone(), &query, |_| "").await;
    assert_eq!(first.total, 3);
    query.page = PageStart::After(first.next.unwrap());
    entities.remove(1);
    let second = page_of(entities, &query, |_| "").await;
    assert_eq!(second.entities.len(), 1);
    assert_eq!(second.entities[0].id, "c");
}
