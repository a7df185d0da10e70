//! The writes, each inside a transaction of the writer.

use domain::documents::{Collection, Revision, StoreError};
use rusqlite::{Connection, params};
use serde_json::Value;

use super::failure::translate;

/// A document to write, encoded as text on the caller's side of the queue.
pub(super) struct EncodedDocument {
    collection: &'static str,
    id: String,
    body: String,
    listed: Vec<(String, String)>,
}

impl EncodedDocument {
    pub(super) fn new(collection: &'static Collection, id: &str, body: &Value) -> Self {
        let mut listed: Vec<(String, String)> = collection
            .indexed
            .iter()
            .filter_map(|&field| Some((field.to_owned(), body.get(field)?.as_str()?.to_owned())))
            .collect();
        listed.sort_unstable();
        Self {
            collection: collection.name,
            id: id.to_owned(),
            body: body.to_string(),
            listed,
        }
    }
}

pub(super) fn create(
    connection: &Connection,
    entry: &EncodedDocument,
) -> Result<Revision, StoreError> {
    let written = execute(
        connection,
        "INSERT INTO documents (collection, id, revision, body) VALUES (?1, ?2, 1, ?3)
         ON CONFLICT (collection, id) DO NOTHING",
        params![entry.collection, entry.id, entry.body],
    )?;
    if written == 0 {
        return Err(StoreError::Exists);
    }
    enlist(connection, entry)?;
    Ok(Revision::FIRST)
}

pub(super) fn replace(
    connection: &Connection,
    entry: &EncodedDocument,
    from: Revision,
) -> Result<Revision, StoreError> {
    let written = execute(
        connection,
        "UPDATE documents SET revision = revision + 1, body = ?4
         WHERE collection = ?1 AND id = ?2 AND revision = ?3",
        params![entry.collection, entry.id, stored(from)?, entry.body],
    )?;
    if written == 0 {
        return Err(StoreError::Conflict);
    }
    relist(connection, entry)?;
    Ok(from.next())
}

pub(super) fn remove(
    connection: &Connection,
    collection: &Collection,
    id: &str,
    from: Revision,
) -> Result<Revision, StoreError> {
    let removed = execute(
        connection,
        "DELETE FROM documents WHERE collection = ?1 AND id = ?2 AND revision = ?3",
        params![collection.name, id, stored(from)?],
    )?;
    if removed == 0 {
        return Err(StoreError::Conflict);
    }
    strike(connection, collection.name, id)?;
    Ok(from)
}

/// Replaces the body without changing the revision, which only a migration may do.
pub(super) fn rewrite(connection: &Connection, entry: &EncodedDocument) -> Result<(), StoreError> {
    execute(
        connection,
        "UPDATE documents SET body = ?3 WHERE collection = ?1 AND id = ?2",
        params![entry.collection, entry.id, entry.body],
    )?;
    relist(connection, entry)
}

/// Changes the id of a document, which only a migration may do.
pub(super) fn rename(
    connection: &Connection,
    collection: &Collection,
    from: &str,
    to: &str,
) -> Result<(), StoreError> {
    for table in ["documents", "listed"] {
        let sql = format!("UPDATE {table} SET id = ?3 WHERE collection = ?1 AND id = ?2");
        execute(connection, &sql, [collection.name, from, to])?;
    }
    Ok(())
}

/// Updates the rows by which a document is listed.
pub(super) fn relist(connection: &Connection, entry: &EncodedDocument) -> Result<(), StoreError> {
    if listed(connection, entry)? != entry.listed {
        strike(connection, entry.collection, &entry.id)?;
        enlist(connection, entry)?;
    }
    Ok(())
}

/// Removes a collection with all its documents.
pub(super) fn clear(connection: &Connection, collection: &str) -> Result<(), StoreError> {
    for table in ["documents", "listed"] {
        let sql = format!("DELETE FROM {table} WHERE collection = ?1");
        execute(connection, &sql, [collection])?;
    }
    Ok(())
}

/// Changes no row and so writes nothing, but fails on a database that cannot be written.
pub(super) fn ping(connection: &Connection) -> Result<Revision, StoreError> {
    execute(
        connection,
        "UPDATE documents SET revision = revision WHERE FALSE",
        [],
    )
    .map(|_| Revision::FIRST)
}

/// A revision as a signed integer of SQLite; no document has a revision that does not fit.
fn stored(revision: Revision) -> Result<i64, StoreError> {
    i64::try_from(revision.0).map_err(|_| StoreError::Conflict)
}

fn listed(
    connection: &Connection,
    entry: &EncodedDocument,
) -> Result<Vec<(String, String)>, StoreError> {
    let mut statement = connection
        .prepare_cached(
            "SELECT field, value FROM listed WHERE collection = ?1 AND id = ?2
             ORDER BY field, value",
        )
        .map_err(translate)?;
    statement
        .query_map([entry.collection, &entry.id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .and_then(Iterator::collect)
        .map_err(translate)
}

fn enlist(connection: &Connection, entry: &EncodedDocument) -> Result<(), StoreError> {
    for (field, value) in &entry.listed {
        execute(
            connection,
            "INSERT INTO listed (collection, field, value, id) VALUES (?1, ?2, ?3, ?4)",
            params![entry.collection, field, value, entry.id],
        )?;
    }
    Ok(())
}

fn strike(connection: &Connection, collection: &str, id: &str) -> Result<(), StoreError> {
    execute(
        connection,
        "DELETE FROM listed WHERE collection = ?1 AND id = ?2",
        params![collection, id],
    )
    .map(drop)
}

fn execute(
    connection: &Connection,
    sql: &str,
    values: impl rusqlite::Params,
) -> Result<usize, StoreError> {
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.execute(values))
        .map_err(translate)
}
