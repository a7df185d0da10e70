//! Why a store was not opened, in sentences for the operator.

use std::{io, path::PathBuf};

use thiserror::Error;

/// Why the embedded store was not opened. Nothing was changed.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The path is not a folder.
    #[error("`{}` is not a folder; name a folder for the data, or move this file away", .0.display())]
    NotAFolder(PathBuf),
    /// The folder contains other files, and other users can access it.
    #[error(
        "`{}` holds other files and is open to other users of this machine; name an empty folder \
         for the data, or close this one to others (chmod 700)",
        .0.display()
    )]
    NotOurs(PathBuf),
    /// The folder or a file in it cannot be created, read or written.
    #[error(
        "`{}` cannot be used: {cause}; see that it belongs to the user who runs this program and \
         that its disk is there and not read-only",
        .path.display()
    )]
    Unusable {
        /// The path that cannot be used.
        path: PathBuf,
        /// The error of the system.
        #[source]
        cause: io::Error,
    },
    /// Another process uses the folder.
    #[error(
        "`{}` is in use by {holder}; stop it first, or name another folder for the data",
        .folder.display()
    )]
    InUse {
        /// The folder.
        folder: PathBuf,
        /// The process that uses it, as far as it is known.
        holder: String,
    },
    /// The database is damaged.
    #[error(
        "the database `{}` is damaged: {reason}; nothing was changed, so put it back from a copy \
         together with the files beside it, or name another folder for the data",
        .path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// An intact SQLite database of another program.
    #[error(
        "the database `{}` belongs to another program; move it away, or name another folder for \
         the data",
        .0.display()
    )]
    Foreign(PathBuf),
    /// The tables have a version that this program does not know.
    #[error(
        "the database `{}` has version {found} and this program knows version {known}; run the \
         version of the program that wrote it, or a newer one",
        .path.display()
    )]
    Version {
        /// The file.
        path: PathBuf,
        /// The version in the file.
        found: i32,
        /// The version that this program writes.
        known: i32,
    },
    /// A newer program has migrated the documents.
    #[error(
        "the database `{}` is at data version {found} and this program knows {known}; run the \
         version of the program that migrated it, or a newer one",
        .path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its data version.
        found: u32,
        /// The data version that this program reads and writes.
        known: u32,
    },
    /// The documents must be migrated first.
    #[error(
        "the database `{}` is at data version {found} and this program needs {known}; `inspired \
         migrate` brings it there",
        .path.display()
    )]
    Older {
        /// The file.
        path: PathBuf,
        /// Its data version.
        found: u32,
        /// The data version that this program reads and writes.
        known: u32,
    },
    /// SQLite failed to open or to create the database.
    #[error("the database `{}` cannot be opened: {cause}; see that its disk is there, has space \
             and is not read-only", .path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// The error of SQLite.
        #[source]
        cause: rusqlite::Error,
    },
    /// The system refused a thread.
    #[error("no thread could be started for the store: {0}; raise the limit of processes")]
    Thread(#[source] io::Error),
}
