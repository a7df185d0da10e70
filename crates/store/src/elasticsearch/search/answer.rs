//! What a search has found.

use domain::{
    documents::StoreError,
    search::{Cursor, Found, Kind, Position, Query, Sort},
};
use serde::Deserialize;
use serde_json::Value;

use super::super::{call::unreadable, failure::Failure};

/// Reads the answer.
pub(super) fn found(body: &[u8], query: &Query) -> Result<Found, StoreError> {
    let answer: Answer = serde_json::from_slice(body).map_err(unreadable)?;
    if answer.timed_out {
        return Err(Failure::NoAnswer("a search took too long".to_owned()).into());
    }
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
    Ok(Found {
        next: last.and_then(|(_, position)| Cursor::new(query.sort, position.clone())),
        ids: read
            .into_iter()
            .map(|(kind, position)| (kind, position.into_id()))
            .collect(),
        total: answer.hits.total.value,
    })
}

#[derive(Debug, Deserialize)]
struct Answer {
    timed_out: bool,
    hits: Hits,
}

#[derive(Debug, Deserialize)]
struct Hits {
    total: Total,
    hits: Vec<Hit>,
}

#[derive(Debug, Deserialize)]
struct Total {
    value: u64,
}

#[derive(Debug, Deserialize)]
struct Hit {
    fields: Fields,
    sort: Vec<Value>,
}

#[derive(Debug, Deserialize)]
struct Fields {
    kind: Vec<String>,
}

impl Hit {
    fn kind(&self) -> Option<Kind> {
        Kind::parse(self.fields.kind.first()?)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a score is a sum of weights, which are whole and not negative"
    )]
    fn position(&self, sort: Sort) -> Option<Position> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        match (sort, self.sort.as_slice()) {
            (Sort::Relevance, [score, name_key, id]) => Some(Position::Score {
                score: score.as_f64()? as u32,
                name_key: text(name_key)?,
                id: text(id)?,
            }),
            (Sort::Name, [name_key, id]) => Some(Position::Name {
                name_key: text(name_key)?,
                id: text(id)?,
            }),
            (Sort::Newest | Sort::Updated, [at, id]) => Some(Position::Time {
                at: at.as_i64()?,
                id: text(id)?,
            }),
            _ => None,
        }
    }
}
