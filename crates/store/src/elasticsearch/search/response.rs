//! Decodes responses of searches.

use domain::{
    documents::StoreError,
    search::{
        Cursor, CursorPosition, EntityKind, EntryLocation, IndexVersion, SearchQuery,
        SearchResults, Sort,
    },
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::elasticsearch::client::{call::unreadable, failure::RequestFailure};

/// Decodes a page of results.
pub(super) fn found(body: &[u8], query: &SearchQuery) -> Result<SearchResults, StoreError> {
    let answer: SearchResponse<EntryHit> = read(body)?;
    let (_, limit) = query.window();
    let hits = answer.hits.hits;
    let is_more = hits.len() > limit;
    let damaged = || StoreError::Damaged("an entry of the search index has no name".to_owned());
    let page = hits.iter().take(limit);
    let read: Option<Vec<_>> = page
        .map(|hit| Some((hit.kind()?, hit.position(query.sort)?)))
        .collect();
    let read = read.ok_or_else(damaged)?;
    let last = read.last().filter(|_| is_more);
    Ok(SearchResults {
        next: last.and_then(|(_, position)| Cursor::new(query.sort, position.clone())),
        ids: read
            .into_iter()
            .map(|(kind, position)| (kind, position.into_id()))
            .collect(),
        total: answer.hits.total.value,
    })
}

/// Decodes the locations of entries.
pub(super) fn locations(body: &[u8]) -> Result<Vec<EntryLocation>, StoreError> {
    let answer: SearchResponse<Located> = read(body)?;
    let damaged = || StoreError::Damaged("an entry of the search index has no place".to_owned());
    let hits = answer.hits.hits.into_iter();
    hits.map(|hit| hit.location().ok_or_else(damaged)).collect()
}

/// Decodes the response to the search for the last written entry. An empty index has a version
/// that no other has.
pub(super) fn version(body: &[u8]) -> Result<IndexVersion, StoreError> {
    let answer: SearchResponse<LastWrite> = read(body)?;
    let last = answer.hits.hits.first();
    let version = last.map(|last| {
        let LastWrite {
            index,
            seq_no,
            primary_term,
        } = last;
        format!("{index}/{primary_term}/{seq_no}")
    });
    Ok(IndexVersion(version.unwrap_or_default()))
}

fn read<H: DeserializeOwned>(body: &[u8]) -> Result<SearchResponse<H>, StoreError> {
    let answer: SearchResponse<H> = serde_json::from_slice(body).map_err(unreadable)?;
    if answer.timed_out {
        return Err(RequestFailure::NoAnswer("a search took too long".to_owned()).into());
    }
    Ok(answer)
}

#[derive(Debug, Deserialize)]
struct SearchResponse<H> {
    timed_out: bool,
    hits: EntryHits<H>,
}

#[derive(Debug, Deserialize)]
struct EntryHits<H> {
    /// Missing if it was not requested.
    #[serde(default)]
    total: Total,
    hits: Vec<H>,
}

#[derive(Debug, Deserialize)]
struct LastWrite {
    #[serde(rename = "_index")]
    index: String,
    #[serde(rename = "_seq_no")]
    seq_no: u64,
    #[serde(rename = "_primary_term")]
    primary_term: u64,
}

#[derive(Debug, Deserialize)]
struct Located {
    fields: EntryPlace,
}

#[derive(Debug, Deserialize)]
struct EntryPlace {
    id: Vec<String>,
    artist: Vec<String>,
    slug: Vec<String>,
    updated_at: Vec<i64>,
}

impl Located {
    fn location(self) -> Option<EntryLocation> {
        let fields = self.fields;
        Some(EntryLocation {
            id: fields.id.into_iter().next()?,
            artist: fields.artist.into_iter().next()?,
            slug: fields.slug.into_iter().next()?,
            updated_at: fields.updated_at.into_iter().next()?,
        })
    }
}

#[derive(Debug, Default, Deserialize)]
struct Total {
    value: u64,
}

#[derive(Debug, Deserialize)]
struct EntryHit {
    fields: HitFields,
    sort: Vec<Value>,
}

#[derive(Debug, Deserialize)]
struct HitFields {
    kind: Vec<String>,
}

impl EntryHit {
    fn kind(&self) -> Option<EntityKind> {
        EntityKind::from_name(self.fields.kind.first()?)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a score is a sum of weights, which are whole and not negative"
    )]
    fn position(&self, sort: Sort) -> Option<CursorPosition> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        match (sort, self.sort.as_slice()) {
            (Sort::Relevance, [score, name_key, id]) => Some(CursorPosition::Score {
                score: score.as_f64()? as u32,
                name_key: text(name_key)?,
                id: text(id)?,
            }),
            (Sort::Name, [name_key, id]) => Some(CursorPosition::Name {
                name_key: text(name_key)?,
                id: text(id)?,
            }),
            (Sort::Newest | Sort::Updated, [at, id]) => Some(CursorPosition::Time {
                at: at.as_i64()?,
                id: text(id)?,
            }),
            _ => None,
        }
    }
}
