//! The tables, and the connections to them.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use super::{
    data_version,
    folder::{Folder, unusable},
    open_error::OpenError,
};

/// The database, inside the data folder.
pub(super) const DATABASE: &str = "inspired.db";
/// Its write-ahead log; there while the store is open, or after it was killed.
pub(super) const LOG: &str = "inspired.db-wal";
/// The index of the log, which SQLite makes anew when it is missing.
pub(super) const LOG_INDEX: &str = "inspired.db-shm";
/// A database that is being made. It gets its real name when it is complete.
const UNFINISHED: &str = "inspired.db.new";
/// What a start that was killed may leave behind: the unfinished database and SQLite's files for it.
pub(super) const LEFTOVERS: [&str; 4] = [
    UNFINISHED,
    "inspired.db.new-journal",
    "inspired.db.new-wal",
    "inspired.db.new-shm",
];

/// Marks a SQLite file as one of ours: "Insp".
pub(super) const APPLICATION_ID: i32 = 0x496e_7370;
/// The version of the tables below. What stands in the bodies has a version of its own.
pub(super) const VERSION: i32 = 1;

/// What a sound database contains.
pub(super) const PARTS: [&str; 3] = ["documents", "listed", "listed_by_document"];

/// `documents` has row ids because a table without them keeps whole rows in the inner nodes of
/// its tree, and bodies are too large for that. `listed` repeats the indexed fields of the bodies.
const TABLES: &str = "
    CREATE TABLE documents (
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (collection, id)
    ) STRICT;
    CREATE TABLE listed (
        collection TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        id TEXT NOT NULL,
        PRIMARY KEY (collection, field, value, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX listed_by_document ON listed (collection, id);
";

/// How long a connection waits for a lock. Only somebody who opens the file from outside, to copy
/// it for instance, can make it wait.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);

/// Makes an empty database whose documents will be of this data version. A process that is killed in
/// the middle leaves nothing that could be taken for one.
pub(super) fn create(folder: &Folder, data_version: u32) -> Result<(), OpenError> {
    folder.remove_leftovers();
    let unfinished = folder.path().join(UNFINISHED);
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&unfinished)
        .map_err(unusable(&unfinished))?;
    fill(&unfinished, data_version).map_err(|cause| OpenError::Database {
        path: unfinished.clone(),
        cause,
    })?;
    let database = folder.path().join(DATABASE);
    fs::rename(&unfinished, &database).map_err(unusable(&database))?;
    // The new name is on the disk only after the folder is.
    File::open(folder.path())
        .and_then(|folder| folder.sync_all())
        .map_err(unusable(folder.path()))
}

fn fill(path: &Path, data_version: u32) -> rusqlite::Result<()> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch(&format!(
        "PRAGMA synchronous = FULL;
         BEGIN;
         PRAGMA application_id = {APPLICATION_ID};
         PRAGMA user_version = {VERSION};
         {TABLES}"
    ))?;
    data_version::write(&connection, data_version)?;
    connection.execute_batch("COMMIT; PRAGMA journal_mode = WAL;")?;
    connection.close().map_err(|(_, cause)| cause)
}

/// The connection that writes. `FULL` is what makes an answered write survive a power cut, and
/// `secure_delete` overwrites what is removed: the address and the hash of an account that was deleted
/// must not stay in the database. In the log they stay until the store is closed, which removes it, or
/// until later writes take their place.
pub(super) fn connect_to_write(database: &Path) -> Result<Connection, OpenError> {
    connect(
        database,
        OpenFlags::SQLITE_OPEN_READ_WRITE,
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = OFF;
         PRAGMA secure_delete = ON;
         PRAGMA journal_size_limit = 67108864;",
    )
}

/// A connection that only reads.
pub(super) fn connect_to_read(database: &Path) -> Result<Connection, OpenError> {
    connect(
        database,
        OpenFlags::SQLITE_OPEN_READ_ONLY,
        "PRAGMA query_only = ON;",
    )
}

fn connect(database: &Path, access: OpenFlags, settings: &str) -> Result<Connection, OpenError> {
    let connect = || {
        // Each connection belongs to one thread, so SQLite need not lock it.
        let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(database, flags)?;
        connection.busy_timeout(LOCK_PATIENCE)?;
        connection.execute_batch(
            "PRAGMA trusted_schema = OFF;
             PRAGMA cell_size_check = ON;
             PRAGMA temp_store = MEMORY;
             PRAGMA cache_size = -4096;",
        )?;
        connection.execute_batch(settings)?;
        Ok(connection)
    };
    connect().map_err(|cause| OpenError::Database {
        path: database.to_owned(),
        cause,
    })
}
