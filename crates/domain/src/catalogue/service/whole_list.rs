//! Lists that are read entirely, because there are few artists and retailers. They are filtered and
//! sorted as the search index would do it.

use std::cmp::{Ordering, Reverse};

use tokio::task::yield_now;

use super::{
    kind::Kind,
    lists::{EntityPage, ListQuery},
};
use crate::catalogue::entities::record::StoredEntity;
use crate::search::{Cursor, CursorPosition, IndexEntry, PageStart, Sort, score};

/// The page of a query from all entities of the list. An entity is found by its name and by
/// `text`.
pub(crate) async fn page_of<C: Kind>(
    entities: Vec<StoredEntity<C>>,
    query: &ListQuery,
    text: fn(&C) -> &str,
) -> EntityPage<C> {
    let mut found = Vec::with_capacity(entities.len());
    for entity in entities {
        let artist = query.artist.as_ref();
        if artist.is_some_and(|artist| entity.record.parent != *artist) {
            continue;
        }
        if let Some(position) = position(&entity, text(&entity.record.content), query) {
            found.push((position, entity));
        }
        // Analysing the longest text takes a millisecond or two; this lets other tasks run.
        yield_now().await;
    }
    found.sort_by(|(one, _), (other, _)| compare(one, other));
    let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let skipped = match &query.page {
        PageStart::Offset(offset) => *offset,
        PageStart::After(cursor) => {
            found.partition_point(|(position, _)| compare(position, cursor.position()).is_le())
        }
    };
    let mut rest = found.into_iter().skip(skipped);
    let page: Vec<_> = rest.by_ref().take(query.limit).collect();
    let last = page.last().map(|(position, _)| position.clone());
    let next = rest.next().and_then(|_| Cursor::new(query.sort, last?));
    EntityPage {
        entities: page.into_iter().map(|(_, entity)| entity.into()).collect(),
        total,
        next,
    }
}

/// The position of an entity in the list; `None` if it does not match.
fn position<C: Kind>(
    entity: &StoredEntity<C>,
    text: &str,
    query: &ListQuery,
) -> Option<CursorPosition> {
    let (created_at, updated_at) = (entity.record.created_at, entity.record.updated_at);
    let id = entity.id.clone();
    let entry = IndexEntry {
        id: id.clone(),
        kind: C::ENTITY_KIND,
        artist: String::new(),
        is_public: false,
        version: 0,
        is_tombstone: false,
        slug: String::new(),
        name: entity.record.content.name().to_owned(),
        brand: String::new(),
        text: text.to_owned(),
        created_at,
        updated_at,
        retailer_keys: Vec::new(),
        products: Vec::new(),
    };
    let tokens = entry.tokens();
    let score = score(&tokens, &query.words)?;
    let name_key = tokens.name_key;
    Some(match query.sort {
        Sort::Relevance => CursorPosition::Score {
            score,
            name_key,
            id,
        },
        Sort::Name => CursorPosition::Name { name_key, id },
        Sort::Newest => CursorPosition::Time { at: created_at, id },
        Sort::Updated => CursorPosition::Time { at: updated_at, id },
    })
}

/// Compares positions. They have the same sort, because a cursor is parsed for the sort of its
/// list.
fn compare(one: &CursorPosition, other: &CursorPosition) -> Ordering {
    key(one).cmp(&key(other))
}

fn key(position: &CursorPosition) -> (Reverse<i64>, &str, &str) {
    match position {
        CursorPosition::Score {
            score,
            name_key,
            id,
        } => (Reverse((*score).into()), name_key, id),
        CursorPosition::Name { name_key, id } => (Reverse(0), name_key, id),
        CursorPosition::Time { at, id } => (Reverse(*at), "", id),
    }
}

#[cfg(test)]
mod tests;
