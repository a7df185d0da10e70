//! Things whose entry in the read model is due.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    clock::{Clock, unix_milliseconds},
    documents::{Collection, Currency, Documents, Listing, Revision, StoreError},
    encoding::{decode, encode},
};

/// Due things, by their id.
pub(crate) static OUTBOX: Collection = Collection {
    name: "outbox",
    indexed: &["state"],
    largest: 4 * 1024,
};

/// The state of what is due; what is not has none, and so is not listed.
const DUE: &str = "due";

/// What is kept of a thing that is due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct DueRecord {
    state: Option<String>,
    /// Since when, in milliseconds since 1970.
    due_since: i64,
}

/// A thing that is due, as it was noted.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    pub(crate) id: String,
    revision: Revision,
    due_since: i64,
}

/// All things that are due.
#[derive(Clone, Debug)]
pub(crate) struct Outbox {
    documents: Arc<dyn Documents>,
    clock: Arc<dyn Clock>,
}

impl Outbox {
    pub(crate) fn new(documents: Arc<dyn Documents>, clock: Arc<dyn Clock>) -> Self {
        Self { documents, clock }
    }

    /// Notes that a thing is about to change. Written before the change, so that no change is made
    /// that nobody knows of.
    pub(crate) async fn note(&self, id: &str) -> Result<Due, StoreError> {
        let due_since = unix_milliseconds(self.clock.now());
        let body = encode(&DueRecord {
            state: Some(DUE.to_owned()),
            due_since,
        })?;
        loop {
            let written = match self.documents.get(&OUTBOX, id).await? {
                // Written anew: whoever works on the older note must not cross out this one.
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
                    return Ok(Due {
                        id: id.to_owned(),
                        revision,
                        due_since,
                    });
                }
                Err(StoreError::Moved | StoreError::Exists) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Crosses out the note of a thing whose entry was put, unless it was noted again since. When
    /// the note stays, the entry is put once more.
    ///
    /// A note is never removed: a removed one would begin to count its revisions anew, and whoever
    /// still worked on an old note could cross out its successor.
    pub(crate) async fn done(&self, due: Due) -> Result<(), StoreError> {
        let body = encode(&DueRecord {
            state: None,
            due_since: due.due_since,
        })?;
        let crossed_out = self.documents.replace(&OUTBOX, &due.id, due.revision, body);
        match crossed_out.await {
            Ok(_) | Err(StoreError::Moved) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Things that have been due for longer than `age` milliseconds: whoever noted them is not
    /// going to see to them.
    pub(crate) async fn overdue(&self, age: i64, limit: usize) -> Result<Vec<Due>, StoreError> {
        let listing = Listing {
            field: "state",
            value: DUE,
            after: None,
            limit,
            currency: Currency::UpToASecondOld,
        };
        let before = unix_milliseconds(self.clock.now()) - age;
        let mut overdue = Vec::new();
        for document in self.documents.list(&OUTBOX, listing).await? {
            let record: DueRecord = decode(&document)?;
            let due = Due {
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
