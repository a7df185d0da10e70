//! The data version of a database, which is the shape of the bodies. It has its own table, because
//! `user_version` is the version of the tables.

use std::path::Path;

use domain::migrations::BASELINE;
use rusqlite::Connection;

use super::open_error::OpenError;

/// The data version; a database without the table is older than the table.
pub(super) fn read(connection: &Connection) -> rusqlite::Result<u32> {
    let is_marked = connection
        .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'data_version'")?
        .exists([])?;
    if !is_marked {
        return Ok(BASELINE);
    }
    connection.query_row("SELECT version FROM data_version", [], |row| row.get(0))
}

/// Stores the data version, inside a transaction of the caller.
pub(super) fn write(connection: &Connection, version: u32) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "CREATE TABLE IF NOT EXISTS data_version (version INTEGER NOT NULL) STRICT;
         DELETE FROM data_version;
         INSERT INTO data_version (version) VALUES ({version});"
    ))
}

/// Rejects any data version other than `known`.
pub(super) fn require(database: &Path, found: u32, known: u32) -> Result<(), OpenError> {
    let path = database.to_owned();
    match found {
        _ if found > known => Err(OpenError::Newer { path, found, known }),
        _ if found < known => Err(OpenError::Older { path, found, known }),
        _ => Ok(()),
    }
}
