//! The outbox: entities whose entry in the read model must be updated.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    clock::{Clock, unix_milliseconds},
    documents::{Collection, Consistency, Documents, FieldQuery, Revision, StoreError},
    encoding::{decode, encode},
};

/// Outbox entries, by the id of the entity.
pub(crate) static OUTBOX: Collection = Collection {
    name: "outbox",
    indexed: &["state"],
    max_body_bytes: 4 * 1024,
};

/// The indexed state of a due entry. A completed entry has none and so is not listed.
const DUE: &str = "due";

/// The document of an outbox entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct OutboxRecord {
    state: Option<String>,
    /// Since when it is due, in milliseconds since 1970.
    due_since: i64,
}

/// An outbox entry as it was written or read.
#[derive(Clone, Debug)]
pub(crate) struct OutboxEntry {
    pub(crate) id: String,
    revision: Revision,
    due_since: i64,
}

/// The outbox.
#[derive(Clone, Debug)]
pub(crate) struct Outbox {
    documents: Arc<dyn Documents>,
    clock: Arc<dyn Clock>,
}

impl Outbox {
    pub(crate) fn new(documents: Arc<dyn Documents>, clock: Arc<dyn Clock>) -> Self {
        Self { documents, clock }
    }

    /// Marks an entity as due. Call it before the change, so that a crash after the change cannot
    /// leave the read model outdated.
    pub(crate) async fn enqueue(&self, id: &str) -> Result<OutboxEntry, StoreError> {
        let due_since = unix_milliseconds(self.clock.now());
        let body = encode(&OutboxRecord {
            state: Some(DUE.to_owned()),
            due_since,
        })?;
        loop {
            let written = match self.documents.get(&OUTBOX, id).await? {
                // Written even if it is due already: the new revision stops a process that works
                // on the older entry from completing this one.
                Some(note) => {
                    let from = note.revision;
                    self.documents
                        .replace(&OUTBOX, id, from, body.clone())
                        .await
                }
                None => self.documents.create(&OUTBOX, id, body.clone()).await,
            };
            match written {
                Ok(revision) => {
                    return Ok(OutboxEntry {
                        id: id.to_owned(),
                        revision,
                        due_since,
                    });
                }
                Err(StoreError::Conflict | StoreError::Exists) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Completes an entry whose read model was updated, unless it was marked again since. If it
    /// stays due, the read model is only updated once more.
    ///
    /// An entry is never removed: revisions of a removed document start again at 1, so a process
    /// with an old entry could complete its successor.
    pub(crate) async fn complete_entry(&self, due: OutboxEntry) -> Result<(), StoreError> {
        let body = encode(&OutboxRecord {
            state: None,
            due_since: due.due_since,
        })?;
        let crossed_out = self.documents.replace(&OUTBOX, &due.id, due.revision, body);
        match crossed_out.await {
            Ok(_) | Err(StoreError::Conflict) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Entries that have been due for longer than `age` milliseconds, because the process that
    /// marked them died or failed.
    pub(crate) async fn overdue(
        &self,
        age: i64,
        limit: usize,
    ) -> Result<Vec<OutboxEntry>, StoreError> {
        let listing = FieldQuery {
            field: "state",
            value: DUE,
            after: None,
            limit,
            consistency: Consistency::MaxAge,
        };
        let before = unix_milliseconds(self.clock.now()) - age;
        let mut overdue = Vec::new();
        for document in self.documents.list(&OUTBOX, listing).await? {
            let record: OutboxRecord = decode(&document)?;
            let due = OutboxEntry {
                id: document.id,
                revision: document.revision,
                due_since: record.due_since,
            };
            if due.due_since <= before {
                overdue.push(due);
            }
        }
        Ok(overdue)
    }
}
