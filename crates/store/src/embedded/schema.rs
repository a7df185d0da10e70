//! The tables and the connections.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use super::{
    data_version,
    folder::{DataFolder, unusable},
    open_error::OpenError,
};

/// The database in the data folder.
pub(super) const DATABASE: &str = "inspired.db";
/// The write-ahead log; it exists while the store is open, or after it was killed.
pub(super) const LOG: &str = "inspired.db-wal";
/// The index of the log, which SQLite creates again if it is missing.
pub(super) const LOG_INDEX: &str = "inspired.db-shm";
/// A database that is being created. It is renamed when it is complete.
const UNFINISHED: &str = "inspired.db.new";
/// Leftovers of a start that was killed: the unfinished database and SQLite's files for it.
pub(super) const LEFTOVERS: [&str; 4] = [
    UNFINISHED,
    "inspired.db.new-journal",
    "inspired.db.new-wal",
    "inspired.db.new-shm",
];

/// Marks a SQLite file as ours: "Insp".
pub(super) const APPLICATION_ID: i32 = 0x496e_7370;
/// The version of the tables below. The shape of the bodies has its own version.
pub(super) const VERSION: i32 = 1;

/// The tables and indices of an intact database.
pub(super) const PARTS: [&str; 3] = ["documents", "listed", "listed_by_document"];

/// `documents` has row ids because a table without them stores whole rows in the inner nodes of
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

/// Maximum time that a connection waits for a lock. Only a process that opens the file from
/// outside, for instance to copy it, can make it wait.
const LOCK_PATIENCE: Duration = Duration::from_secs(1);

/// Creates an empty database at a data version. A process that is killed meanwhile leaves nothing
/// that could be taken for a database.
pub(super) fn create(folder: &DataFolder, data_version: u32) -> Result<(), OpenError> {
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
    // The rename is durable only after the folder is synced.
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

/// Opens the connection that writes. `FULL` makes an acknowledged write survive a power cut, and
/// `secure_delete` overwrites removed content: the address and the hash of a deleted account must
/// not stay in the database. In the log they stay until the store is closed, which removes the
/// log, or until later writes overwrite them.
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

/// Opens a read-only connection.
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
