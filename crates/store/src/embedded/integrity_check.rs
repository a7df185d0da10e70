//! Checks a database before it is opened for writing, without changing it.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::{
    data_version,
    folder::unusable,
    open_error::OpenError,
    schema::{APPLICATION_ID, LOG, LOG_INDEX, PARTS, VERSION},
};

/// Maximum size in bytes of a database whose whole content is checked at the start. With the file
/// in memory, the check takes 1 ms per MiB (32 ms here, 375 ms for 400 MiB), and a start may take
/// 300 ms. For a larger one, header, length and schema are checked, and damage elsewhere is
/// reported by the read that meets it.
const CHECKED_WHOLE: u64 = 32 * 1024 * 1024;

/// The first bytes of every SQLite file.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// What the check found in an intact database.
#[derive(Clone, Copy, Debug)]
pub(super) struct CheckedDatabase {
    pub(super) data_version: u32,
    pub(super) is_empty: bool,
}

/// Rejects a database that is not ours, is damaged, or has tables of an unknown version.
pub(super) fn check_database(database: &Path) -> Result<CheckedDatabase, OpenError> {
    let length = check_header(database)?;
    let log = database.with_file_name(LOG);
    if fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
        return check_with_log(database, length);
    }
    let connection = connect(&immutable(database), database)?;
    check_length(&connection, database, length)?;
    check_content(&connection, database, length)
}

/// Checks the header without SQLite, which takes an empty file for an empty database.
fn check_header(database: &Path) -> Result<u64, OpenError> {
    let mut header = Vec::with_capacity(100);
    let file = File::open(database).map_err(unusable(database))?;
    let metadata = file.metadata().map_err(unusable(database))?;
    if !metadata.is_file() {
        return Err(damaged(database, "it is not a file"));
    }
    file.take(100)
        .read_to_end(&mut header)
        .map_err(unusable(database))?;
    if header.is_empty() {
        return Err(damaged(database, "it is empty"));
    }
    if header.len() < 100 || !header.starts_with(MAGIC) {
        return Err(damaged(database, "it is not a SQLite file"));
    }
    if number(&header, 68) != APPLICATION_ID {
        return Err(OpenError::Foreign(database.to_owned()));
    }
    check_version(database, number(&header, 60))?;
    Ok(metadata.len())
}

fn number(header: &[u8], at: usize) -> i32 {
    header[at..at + 4]
        .iter()
        .fold(0, |number, &byte| (number << 8) | i32::from(byte))
}

fn check_version(database: &Path, found: i32) -> Result<(), OpenError> {
    if found == VERSION {
        return Ok(());
    }
    Err(OpenError::Version {
        path: database.to_owned(),
        found,
        known: VERSION,
    })
}

/// Checks a database with a write-ahead log. After a kill, only file and log together are
/// consistent, so SQLite must read both. It creates an index of the log for that, which is removed
/// again if the store is rejected.
fn check_with_log(database: &Path, length: u64) -> Result<CheckedDatabase, OpenError> {
    let index = database.with_file_name(LOG_INDEX);
    let had_index = index.exists();
    let checked = connect(database, database).and_then(|connection| {
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
            .map_err(unreadable(database))?;
        // A length that differs means that the log has the missing pages, or that the file has
        // lost them: only reading every page tells which.
        let is_cut = expected_length(&connection, database)? != length;
        check_content(&connection, database, if is_cut { 0 } else { length })
    });
    if checked.is_err() && !had_index {
        // The index is only a cache, so leaving it behind is harmless.
        let _ = fs::remove_file(index);
    }
    checked
}

fn connect(name: &Path, database: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(name, flags).map_err(unreadable(database))
}

/// The URI with which SQLite reads the file without creating others beside it. It requires that no
/// other process writes and that there is no log.
fn immutable(database: &Path) -> std::path::PathBuf {
    let path = database
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    let path = std::path::absolute(&path).unwrap_or_else(|_| path.into());
    format!("file:{}?immutable=1", path.display()).into()
}

fn check_length(connection: &Connection, database: &Path, length: u64) -> Result<(), OpenError> {
    let expected = expected_length(connection, database)?;
    if expected == length {
        return Ok(());
    }
    Err(damaged(
        database,
        &format!("it has {length} bytes and should have {expected}"),
    ))
}

fn expected_length(connection: &Connection, database: &Path) -> Result<u64, OpenError> {
    let bytes: i64 = connection
        .query_row(
            "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
            [],
            |row| row.get(0),
        )
        .map_err(unreadable(database))?;
    Ok(u64::try_from(bytes).unwrap_or_default())
}

fn check_content(
    connection: &Connection,
    database: &Path,
    length: u64,
) -> Result<CheckedDatabase, OpenError> {
    let version = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(unreadable(database))?;
    check_version(database, version)?;
    for part in PARTS {
        let is_there = connection
            .prepare("SELECT 1 FROM sqlite_schema WHERE name = ?1")
            .and_then(|mut statement| statement.exists([part]))
            .map_err(unreadable(database))?;
        if !is_there {
            return Err(damaged(database, &format!("`{part}` is missing")));
        }
    }
    if length > CHECKED_WHOLE {
        return found(connection, database);
    }
    let verdict: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(unreadable(database))?;
    if verdict == "ok" {
        found(connection, database)
    } else {
        Err(damaged(database, &verdict))
    }
}

fn found(connection: &Connection, database: &Path) -> Result<CheckedDatabase, OpenError> {
    let look = || {
        let mut any = connection.prepare("SELECT 1 FROM documents LIMIT 1")?;
        Ok(CheckedDatabase {
            data_version: data_version::read(connection)?,
            is_empty: !any.exists([])?,
        })
    };
    look().map_err(unreadable(database))
}

fn damaged(database: &Path, reason: &str) -> OpenError {
    OpenError::Damaged {
        path: database.to_owned(),
        reason: reason.to_owned(),
    }
}

fn unreadable(database: &Path) -> impl Fn(rusqlite::Error) -> OpenError {
    move |cause| match cause.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => {
            damaged(database, &cause.to_string())
        }
        _ => OpenError::Database {
            path: database.to_owned(),
            cause,
        },
    }
}
