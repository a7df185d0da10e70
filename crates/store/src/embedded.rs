//! The document store in one SQLite file, for a single process without any service to run.
//!
//! One thread writes and a few read, each with its own connection; the workers of Tokio only put
//! calls into bounded queues and await the results. The writer takes every waiting write into one
//! transaction, so that concurrent writes share an `fsync`, and answers after the commit.

mod data_version;
mod failure;
mod folder;
mod integrity_check;
mod migration_thread;
mod migrator;
mod open_error;
pub(crate) mod queue;
mod read;
mod readers;
mod schema;
mod write;
mod writer;

#[cfg(test)]
mod tests;

use std::{fmt, path::Path};

use async_trait::async_trait;
use domain::{
    documents::{CacheValidity, Collection, Document, Documents, FieldQuery, Revision, StoreError},
    migrations,
};
use serde_json::Value;

use self::{
    folder::DataFolder, read::ListRequest, readers::Readers, schema::DATABASE,
    write::EncodedDocument, writer::Writer,
};
pub use self::{migrator::EmbeddedMigrator, open_error::OpenError};

/// The embedded store. It locks its folder until it is dropped.
///
/// Dropping it carries out the queued calls, checkpoints the write-ahead log and waits for that,
/// which takes milliseconds.
pub struct Embedded {
    // The order of drops: the connection of the writer is the last one, so that its close empties
    // the log, and the folder is unlocked after that.
    readers: Readers,
    writer: Writer,
    folder: DataFolder,
}

impl Embedded {
    /// Opens the store in a folder, which is created if it does not exist, at the data version of
    /// the program.
    ///
    /// # Errors
    /// If the folder cannot be used, is in use, or contains anything but an intact store of a
    /// known version. Nothing in it is changed then.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        Self::open_at(folder, migrations::latest())
    }

    /// Opens the store at another data version, which its documents must have.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_at(folder: &Path, version: u32) -> Result<Self, OpenError> {
        let folder = DataFolder::claim(folder)?;
        let opened = start(&folder, version);
        if opened.is_err() {
            folder.remove_created();
        }
        let (writer, readers) = opened?;
        tracing::debug!(folder = %folder.path().display(), "the embedded store is open");
        Ok(Self {
            readers,
            writer,
            folder,
        })
    }
}

fn start(folder: &DataFolder, version: u32) -> Result<(Writer, Readers), OpenError> {
    let database = folder.path().join(DATABASE);
    if folder.is_fresh()? {
        schema::create(folder, version)?;
    } else {
        let found = integrity_check::check_database(&database)?;
        data_version::require(&database, found.data_version, version)?;
    }
    folder.make_private(&database)?;
    let writer = Writer::start(&database)?;
    let readers = Readers::start(&database)?;
    Ok((writer, readers))
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded")
            .field("folder", &self.folder.path())
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Documents for Embedded {
    fn cache_validity(&self) -> CacheValidity {
        CacheValidity::Exclusive
    }

    async fn get(
        &self,
        collection: &'static Collection,
        id: &str,
    ) -> Result<Option<Document>, StoreError> {
        let id = id.to_owned();
        self.readers
            .run(move |connection| read::get(connection, collection, &id))
            .await
    }

    async fn get_many(
        &self,
        collection: &'static Collection,
        ids: &[&str],
    ) -> Result<Vec<Option<Document>>, StoreError> {
        let ids: Vec<String> = ids.iter().map(|&id| id.to_owned()).collect();
        self.readers
            .run(move |connection| {
                ids.iter()
                    .map(|id| read::get(connection, collection, id))
                    .collect()
            })
            .await
    }

    async fn create(
        &self,
        collection: &'static Collection,
        id: &str,
        body: Value,
    ) -> Result<Revision, StoreError> {
        let entry = EncodedDocument::new(collection, id, &body);
        self.writer
            .run(move |connection| write::create(connection, &entry))
            .await
    }

    async fn replace(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
        body: Value,
    ) -> Result<Revision, StoreError> {
        let entry = EncodedDocument::new(collection, id, &body);
        self.writer
            .run(move |connection| write::replace(connection, &entry, from))
            .await
    }

    async fn remove(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
    ) -> Result<(), StoreError> {
        let id = id.to_owned();
        self.writer
            .run(move |connection| write::remove(connection, collection, &id, from))
            .await
            .map(drop)
    }

    /// Lists are always current here.
    async fn list(
        &self,
        collection: &'static Collection,
        listing: FieldQuery<'_>,
    ) -> Result<Vec<Document>, StoreError> {
        let wanted = ListRequest::new(collection, &listing)?;
        self.readers
            .run(move |connection| read::list(connection, &wanted))
            .await
    }

    async fn scan(
        &self,
        collection: &'static Collection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Document>, StoreError> {
        let after = after.unwrap_or_default().to_owned();
        self.readers
            .run(move |connection| read::scan(connection, collection, &after, limit))
            .await
    }

    /// Asks a reader and the writer, because a store that can only be read is not ready.
    async fn ping(&self) -> Result<(), StoreError> {
        self.readers.run(read::ping).await?;
        self.writer.run(write::ping).await.map(drop)
    }
}
