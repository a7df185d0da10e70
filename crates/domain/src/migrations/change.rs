//! The changes between two data versions.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::documents::Document;

use super::MigrateError;

/// The body of a document, by field.
pub type DocumentBody = Map<String, Value>;

/// Changes the body of one document.
///
/// It depends on the body only, reads no clock and draws no random bits, because a migration that
/// is repeated after an interruption must give the same result. The error is a sentence that
/// contains nothing of the document.
pub type Rewrite = fn(&mut DocumentBody) -> Result<(), String>;

/// Returns the new id of a document whose id changes or that competes for one; `None` for all
/// others.
///
/// The new id must not sort after the current one, so that of several documents that compete for
/// an id the one that already has it comes first and keeps it. The others keep their current ids,
/// so no document is lost.
pub type Rename = fn(&str, &DocumentBody) -> Option<String>;

/// The changes from the previous data version to this one.
#[derive(Debug)]
pub struct Migration {
    /// The data version after the migration; the first is [`BASELINE`](super::BASELINE).
    pub number: u32,
    /// What it is about, in a few words.
    pub name: &'static str,
    /// The changes, in order.
    pub changes: &'static [CollectionChange],
}

/// A change of one collection.
#[derive(Debug)]
pub struct CollectionChange {
    /// The name of the collection. It may no longer exist in the code.
    pub collection: &'static str,
    /// The kind of change.
    pub kind: ChangeKind,
}

/// The kind of a change.
#[derive(Clone, Copy, Debug)]
pub enum ChangeKind {
    /// The collection is new.
    Added,
    /// The collection is removed with all its documents.
    Removed,
    /// The collection is listed by other fields. Its documents stay the same.
    Relisted,
    /// Each of its documents is rewritten.
    Rewritten(Rewrite),
    /// Some of its documents get other ids.
    Renamed(Rename),
}

/// A change of each document of a collection.
#[derive(Clone, Copy, Debug)]
pub enum DocumentEdit {
    /// The body is changed.
    Body(Rewrite),
    /// The id is changed.
    Id(Rename),
}

/// The ids that were assigned to documents of a collection during a migration.
#[derive(Debug, Default)]
pub struct AssignedIds(HashSet<String>);

/// Applies changes to a document. Its revision stays, because clients have it as an `ETag`.
///
/// # Errors
/// [`MigrateError::Change`] if one of the changes fails.
pub(super) fn rewrite(
    collection: &'static str,
    edits: &[DocumentEdit],
    document: Document,
    given: &mut AssignedIds,
) -> Result<Document, MigrateError> {
    let cannot = |reason: String| MigrateError::Change { collection, reason };
    let Value::Object(mut body) = document.body else {
        return Err(cannot("a body is not an object".to_owned()));
    };
    let mut id = document.id;
    for edit in edits {
        match edit {
            DocumentEdit::Body(change) => change(&mut body).map_err(cannot)?,
            DocumentEdit::Id(rename) => id = given.rename(*rename, id, &body),
        }
    }
    Ok(Document {
        id,
        revision: document.revision,
        body: Value::Object(body),
    })
}

impl AssignedIds {
    fn rename(&mut self, rename: Rename, id: String, body: &DocumentBody) -> String {
        match rename(&id, body) {
            Some(wanted) if self.0.insert(wanted.clone()) => wanted,
            _ => id,
        }
    }
}
