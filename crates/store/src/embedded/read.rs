//! The reads; each sees every write acknowledged before it began.

use domain::documents::{Collection, Document, FieldQuery, Revision, StoreError};
use rusqlite::{Connection, OptionalExtension, Row, params, types::Type};

use super::failure::translate;

/// An owned form of [`FieldQuery`], which can be sent to a thread.
pub(super) struct ListRequest {
    collection: &'static str,
    field: String,
    value: String,
    after: String,
    limit: i64,
}

impl ListRequest {
    /// Takes the query of a list.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if the collection has no such indexed field, because an empty
    /// list would be wrong.
    pub(super) fn new(
        collection: &'static Collection,
        listing: &FieldQuery<'_>,
    ) -> Result<Self, StoreError> {
        if !collection.indexed.contains(&listing.field) {
            return Err(StoreError::Unavailable(format!(
                "`{}` is not listed by `{}`",
                collection.name, listing.field
            )));
        }
        Ok(Self {
            collection: collection.name,
            field: listing.field.to_owned(),
            value: listing.value.to_owned(),
            // No id is empty, so the empty one sorts before all others.
            after: listing.after.unwrap_or_default().to_owned(),
            limit: i64::try_from(listing.limit).unwrap_or(i64::MAX),
        })
    }
}

pub(super) fn get(
    connection: &Connection,
    collection: &Collection,
    id: &str,
) -> Result<Option<Document>, StoreError> {
    connection
        .prepare_cached(
            "SELECT id, revision, body FROM documents WHERE collection = ?1 AND id = ?2",
        )
        .and_then(|mut statement| {
            statement
                .query_row([collection.name, id], document)
                .optional()
        })
        .map_err(translate)
}

pub(super) fn list(
    connection: &Connection,
    wanted: &ListRequest,
) -> Result<Vec<Document>, StoreError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT documents.id, documents.revision, documents.body
             FROM listed CROSS JOIN documents
               ON documents.collection = listed.collection AND documents.id = listed.id
             WHERE listed.collection = ?1 AND listed.field = ?2 AND listed.value = ?3
               AND listed.id > ?4
             ORDER BY listed.id LIMIT ?5",
        )
        .map_err(translate)?;
    statement
        .query_map(
            params![
                wanted.collection,
                wanted.field,
                wanted.value,
                wanted.after,
                wanted.limit
            ],
            document,
        )
        .and_then(Iterator::collect)
        .map_err(translate)
}

/// A page of a collection after this id, by ascending id. No id is empty, so the empty one sorts
/// before all others.
pub(super) fn scan(
    connection: &Connection,
    collection: &Collection,
    after: &str,
    limit: usize,
) -> Result<Vec<Document>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    connection
        .prepare_cached(
            "SELECT id, revision, body FROM documents WHERE collection = ?1 AND id > ?2
             ORDER BY id LIMIT ?3",
        )
        .and_then(|mut statement| {
            statement
                .query_map(params![collection.name, after, limit], document)?
                .collect()
        })
        .map_err(translate)
}

/// Number of documents in a collection.
pub(super) fn count(connection: &Connection, collection: &str) -> Result<u64, StoreError> {
    let count: i64 = connection
        .query_row(
            "SELECT COUNT(*) FROM documents WHERE collection = ?1",
            [collection],
            |row| row.get(0),
        )
        .map_err(translate)?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Reads from the file, so that a missing disk is detected.
pub(super) fn ping(connection: &Connection) -> Result<(), StoreError> {
    connection
        .prepare_cached("SELECT id FROM documents LIMIT 1")
        .and_then(|mut statement| statement.exists([]))
        .map(drop)
        .map_err(translate)
}

fn document(row: &Row<'_>) -> rusqlite::Result<Document> {
    let revision: i64 = row.get(1)?;
    let body = serde_json::from_str(row.get_ref(2)?.as_str()?)
        .map_err(|cause| rusqlite::Error::FromSqlConversionFailure(2, Type::Text, cause.into()))?;
    Ok(Document {
        id: row.get(0)?,
        revision: Revision(u64::try_from(revision).map_err(|cause| {
            rusqlite::Error::FromSqlConversionFailure(1, Type::Integer, cause.into())
        })?),
        body,
    })
}
